package commerce

import (
	"fmt"
	"math"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// Warehouse is the place that online orders are sent from.
const Warehouse = "warehouse"

// Store is a shop with a door.
type Store struct {
	ID        id.Store   `json:"id" yaml:"id"`
	Name      id.Text    `json:"name" yaml:"name"`
	Aliases   []string   `json:"aliases,omitempty" yaml:"aliases"`
	City      id.Text    `json:"city" yaml:"city"`
	Address   id.Text    `json:"address" yaml:"address"`
	Transit   id.Text    `json:"transit,omitzero" yaml:"transit"`
	Parking   id.Text    `json:"parking,omitzero" yaml:"parking"`
	Phone     string     `json:"phone" yaml:"phone"`
	Latitude  float64    `json:"latitude" yaml:"latitude"`
	Longitude float64    `json:"longitude" yaml:"longitude"`
	Zone      string     `json:"zone" yaml:"zone"` // time zone, e.g. Asia/Shanghai
	Services  []string   `json:"services" yaml:"services"`
	Week      [7]Hours   `json:"week" yaml:"week"` // from Sunday, as time.Weekday counts
	Special   []Special  `json:"special,omitempty" yaml:"special"`
	Staff     []Employee `json:"staff,omitempty" yaml:"staff"`
}

// Hours are opening hours of a day in minutes after midnight; equal values mean closed. Close may pass midnight.
type Hours struct {
	Open  int `json:"open" yaml:"open"`
	Close int `json:"close" yaml:"close"`
}

// Special are the hours of one date, instead of the week's.
type Special struct {
	Date  string  `json:"date" yaml:"date"` // 2026-10-01
	Hours Hours   `json:"hours" yaml:"hours"`
	Why   id.Text `json:"why" yaml:"why"`
}

// Employee is somebody on the shop floor, with the weekdays they work.
type Employee struct {
	Name   id.Text        `json:"name" yaml:"name"`
	Role   id.Text        `json:"role" yaml:"role"`
	Days   []time.Weekday `json:"days" yaml:"days"`
	Shift  Hours          `json:"shift" yaml:"shift"`
	Speaks []string       `json:"speaks,omitempty" yaml:"speaks"`
}

// Zoned is t on the clock of the store's wall.
func (s Store) Zoned(t time.Time) time.Time { return t.In(location(s.Zone)) }

// location falls back on China's time, where the house began; a zone unknown to the machine is no reason to fail.
func location(zone string) *time.Location {
	if loc, err := time.LoadLocation(zone); err == nil && zone != "" {
		return loc
	}
	return time.FixedZone("CST", 8*3600)
}

// On gives the hours of the day that t falls on, and why they are special ("" texts when they are not).
func (s Store) On(t time.Time) (Hours, id.Text) {
	day := s.Zoned(t)
	for _, sp := range s.Special {
		if sp.Date == day.Format(time.DateOnly) {
			return sp.Hours, sp.Why
		}
	}
	return s.Week[day.Weekday()], id.Text{}
}

// OpenAt tells whether the store is open at t; hours that began yesterday and pass midnight count.
func (s Store) OpenAt(t time.Time) bool {
	day := s.Zoned(t)
	m := day.Hour()*60 + day.Minute()
	if h, _ := s.On(day); m >= h.Open && m < h.Close {
		return true
	}
	h, _ := s.On(day.AddDate(0, 0, -1))
	return h.Close > 24*60 && m < h.Close-24*60
}

// OnShift lists who is on the floor at t.
func (s Store) OnShift(t time.Time) []Employee {
	day := s.Zoned(t)
	m := day.Hour()*60 + day.Minute()
	var out []Employee
	for _, e := range s.Staff {
		for _, d := range e.Days {
			if d == day.Weekday() && m >= e.Shift.Open && m < e.Shift.Close && s.OpenAt(t) {
				out = append(out, e)
			}
		}
	}
	return out
}

// String is "10:00-22:00", or "" when closed.
func (h Hours) String() string {
	if h.Close <= h.Open {
		return ""
	}
	return fmt.Sprintf("%02d:%02d-%02d:%02d", h.Open/60, h.Open%60, h.Close/60%24, h.Close%60)
}

// DistanceKM is the great-circle distance to a point (haversine formula, mean earth radius 6371 km).
func (s Store) DistanceKM(lat, lon float64) float64 {
	rad := func(d float64) float64 { return d * math.Pi / 180 }
	dLat, dLon := rad(lat-s.Latitude), rad(lon-s.Longitude)
	a := math.Pow(math.Sin(dLat/2), 2) + math.Cos(rad(s.Latitude))*math.Cos(rad(lat))*math.Pow(math.Sin(dLon/2), 2)
	return 2 * 6371 * math.Asin(math.Sqrt(a))
}

// Stock is how much of a SKU is at a place: a store's id or Warehouse.
type Stock struct {
	SKU      string `json:"sku"`
	Place    string `json:"place"`
	OnHand   int    `json:"on_hand"`
	Reserved int    `json:"reserved"`
}

// Free is what can still be promised.
func (s Stock) Free() int { return s.OnHand - s.Reserved }

// Move changes stock; the books refuse a move that would promise more than there is.
type Move struct {
	SKU      string
	Place    string
	OnHand   int
	Reserved int
}
