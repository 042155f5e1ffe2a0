package entity

import "time"

// Entity is one named thing in a message. Start and End are byte offsets into the original text.
type Entity struct {
	Kind  string            `json:"kind"`
	Text  string            `json:"text"`
	Value string            `json:"value"`
	Start int               `json:"start"`
	End   int               `json:"end"`
	Data  map[string]string `json:"data,omitempty"`
}

// The kinds of entities.
const (
	Order    = "order"
	Tracking = "tracking"
	Phone    = "phone"
	Email    = "email"
	Product  = "product"
	SKU      = "sku"
	Store    = "store"
	City     = "city"
	Money    = "money"
	Quantity = "quantity"
	Size     = "size"
	Colour   = "colour"
	Date     = "date"
	Address  = "address"
	Name     = "name"
	IDCard   = "id_card"
	BankCard = "bank_card"
	Plate    = "plate"
)

// Kinds lists every kind.
func Kinds() []string {
	return []string{Order, Tracking, Phone, Email, Product, SKU, Store, City, Money, Quantity, Size, Colour, Date, Address,
		Name, IDCard, BankCard, Plate}
}

// Item is one product or store of the catalogue: its id, its names and aliases (SKU codes among them) and attributes.
type Item struct {
	ID         string
	Names      []string
	Attributes map[string]string
}

// Context is what the finder needs to know beside the text.
type Context struct {
	Now   time.Time // with the shop's location
	Asked string    // kind asked for last, or ""
}
