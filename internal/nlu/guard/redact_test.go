package guard_test

import (
	"strings"
	"testing"

	"github.com/xiaoer-cs/xiaoer/internal/nlu/guard"
)

func TestRedactAndRestore(t *testing.T) {
	for _, text := range []string{
		"我叫陈晓明,电话138-0013-8000,地址浙江省杭州市西湖区文三路478号3栋502室",
		"卡号 6222 0212 3456 7890 128 和 6222 0212 3456 7890 128 是同一张",
		"call +1 415 555 2671 or mail a.b@example.com, plate 京A12345",
		"幺三八零零幺三八零零零",
		"１３８００１３８０００",
		"什么都没有",
		"[PHONE_1] 13800138000",
	} {
		red, known := guard.Redact(text)
		if back := guard.Restore(red, known); back != text {
			t.Errorf("%q comes back as %q", text, back)
		}
		for p, original := range known {
			if strings.Contains(red, original) {
				t.Errorf("%q still holds %q (%s)", red, original, p)
			}
		}
	}
}

func TestSameValueSamePlaceholder(t *testing.T) {
	red, known := guard.Redact("打13800138000,就是13800138000")
	if red != "打[PHONE_1],就是[PHONE_1]" || len(known) != 1 {
		t.Errorf("%q %v", red, known)
	}
	red, known = guard.RedactWith("再打13800138000或13900139000", known)
	if red != "再打[PHONE_1]或[PHONE_2]" || len(known) != 2 {
		t.Errorf("%q %v", red, known)
	}
}

func TestWrittenPlaceholdersAreNotGivenOut(t *testing.T) {
	red, known := guard.Redact("[PHONE_1] 是什么 13800138000")
	if known["[PHONE_1]"] != "" || !strings.Contains(red, "[PHONE_2]") {
		t.Errorf("%q %v", red, known)
	}
}

func FuzzRedact(f *testing.F) {
	for _, s := range []string{"13800138000", "我叫王小明", "a@b.com \u200b138 0013 8000", "[PHONE_1]", "\xff\xfe6222021234567890128"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		red, known := guard.Redact(s)
		if back := guard.Restore(red, known); back != s {
			t.Fatalf("%q comes back as %q by %q", s, back, red)
		}
	})
}
