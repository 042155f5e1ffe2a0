package staff

import (
	"context"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// EnsureAdmin creates the first administrator with a random password when there is nobody yet, and gives that password
// once; "" means that people exist already. There is no default password outside the demo.
func (s *Service) EnsureAdmin(ctx context.Context) (login, password string, err error) {
	all, err := s.d.Directory.AllStaff(ctx)
	if err != nil || len(all) > 0 {
		return "", "", err
	}
	secret, _ := newSecret(s.d.Random)
	password = secret[:20] // 120 bits
	_, err = s.add(ctx, "", Member{Login: "admin", Name: "Admin", Role: Admin, Language: id.ZH}, password)
	return "admin", password, err
}

// DemoLogin is a login that the demo prints.
type DemoLogin struct {
	Login, Password string
	Role            Role
	Name            string
}

// demoPassword opens the accounts of the demo shop, and only there.
const demoPassword = "xiaoer-shop-2026"

var demoTeams = []Team{
	{ID: "team_service", Name: id.Text{ZH: "客服组", EN: "Customer service"}, Department: "service"},
	{ID: "team_aftersales", Name: id.Text{ZH: "售后组", EN: "After-sales"}, Department: "quality"},
	{ID: "team_repair", Name: id.Text{ZH: "维修组", EN: "Repairs"}, Department: "repair"},
	{ID: "team_logistics", Name: id.Text{ZH: "物流组", EN: "Logistics"}, Department: "logistics"},
	{ID: "team_stores", Name: id.Text{ZH: "门店运营", EN: "Store operations"}, Department: "stores"},
	{ID: "team_product", Name: id.Text{ZH: "商品组", EN: "Product"}, Department: "product"},
}

var demoMembers = []Member{
	{Login: "boss", Name: "周岚", Role: Admin, Language: id.ZH},
	{Login: "lead", Name: "沈默然", Role: Supervisor, Language: id.ZH, Teams: []id.Team{"team_service", "team_aftersales"}},
	{Login: "anna", Name: "Anna Berg", Role: Agent, Language: id.EN, Teams: []id.Team{"team_service"}},
	{Login: "xiaomei", Name: "陈小美", Role: Agent, Language: id.ZH, Teams: []id.Team{"team_service", "team_aftersales"}},
	{Login: "market", Name: "何奕", Role: Marketer, Language: id.ZH},
	{Login: "guest", Name: "Guest", Role: Viewer, Language: id.EN},
}

// EnsureDemo creates the demo's teams and accounts and gives their logins. Call it in demo mode only.
func (s *Service) EnsureDemo(ctx context.Context) ([]DemoLogin, error) {
	for _, t := range demoTeams {
		if err := s.d.Directory.SaveTeam(ctx, t); err != nil {
			return nil, err
		}
	}
	var out []DemoLogin
	for _, m := range demoMembers {
		_, err := s.d.Store.StaffByLogin(ctx, m.Login)
		if errs.Is(err, errs.NotFound) {
			_, err = s.add(ctx, "", m, demoPassword)
		}
		if err != nil {
			return nil, err
		}
		out = append(out, DemoLogin{m.Login, demoPassword, m.Role, m.Name})
	}
	return out, nil
}
