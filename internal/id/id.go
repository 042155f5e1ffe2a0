package id

import (
	"crypto/rand"
	"encoding/base32"
	"io"
	"time"
)

// The ids of the nouns. Each is opaque text.
type (
	Customer     string // cus_
	Identity     string // idn_
	Conversation string // cnv_
	Message      string // msg_
	Turn         string // trn_
	Job          string // job_
	Staff        string // stf_
	Team         string // team_
	Ticket       string // tkt_
	Article      string // art_
	Passage      string // psg_
	Product      string
	Order        string
	Store        string
	Card         string // crd_
	Confirmation string // cfm_
	Effect       string // eff_
	Attachment   string // att_
)

var crockford = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// Maker makes ids from a clock and a source of randomness, both injected.
type Maker struct {
	now func() time.Time
	rnd io.Reader
}

// NewMaker makes a Maker. A nil rnd means the system's secure source.
func NewMaker(now func() time.Time, rnd io.Reader) *Maker {
	if rnd == nil {
		rnd = rand.Reader
	}
	return &Maker{now, rnd}
}

// New makes an id with the given prefix ("msg" gives "msg_...").
func (m *Maker) New(prefix string) string {
	var b [16]byte
	ms := uint64(m.now().UnixMilli())
	for i := 0; i < 6; i++ {
		b[i] = byte(ms >> (40 - 8*i))
	}
	if _, err := io.ReadFull(m.rnd, b[6:]); err != nil {
		panic("id: the source of randomness failed: " + err.Error())
	}
	return prefix + "_" + crockford.EncodeToString(b[:])
}
