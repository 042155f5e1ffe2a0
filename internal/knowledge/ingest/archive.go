package ingest

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
)

// open checks an archive before anything of it is used: the number of entries, their names, and, by unpacking against a
// counter, their real size.
func (f *file) open() (*zip.Reader, error) {
	z, err := zip.NewReader(bytes.NewReader(f.data), int64(len(f.data)))
	if err != nil {
		return nil, f.bad("bad_archive", "the archive is damaged: %v", err)
	}
	if len(z.File) > f.limits.Entries {
		return nil, errs.New(errs.TooLarge, "too_many_entries", "%s: the archive has more than %d entries.", f.name, f.limits.Entries)
	}
	left := f.limits.Unpacked
	for _, e := range z.File {
		if strings.Contains(e.Name, "..") || strings.HasPrefix(e.Name, "/") || strings.ContainsAny(e.Name, "\\\x00:") || !e.Mode().IsRegular() && !e.Mode().IsDir() {
			return nil, f.bad("bad_entry", "the archive has an entry with a forbidden name or kind")
		}
		n, err := unpack(e, left)
		if left -= n; left < 0 {
			return nil, errs.New(errs.TooLarge, "archive_too_large", "%s: unpacked, the archive is larger than %d bytes.", f.name, f.limits.Unpacked)
		}
		if err != nil {
			return nil, f.bad("bad_archive", "an entry of the archive is damaged: %v", err)
		}
	}
	return z, nil
}

// unpack counts an entry's bytes, one more than allowed at most.
func unpack(e *zip.File, left int64) (int64, error) {
	if e.UncompressedSize64 > uint64(left) {
		return left + 1, nil
	}
	r, err := e.Open()
	if err != nil {
		return 0, err
	}
	defer r.Close()
	return io.Copy(io.Discard, io.LimitReader(r, left+1))
}
