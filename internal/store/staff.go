package store

import (
	"context"
	"encoding/json"
	"time"

	"github.com/uptrace/bun"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/staff"
)

type staffRow struct {
	bun.BaseModel `bun:"table:staff"`
	ID            string `bun:",pk"`
	Login         string
	Name          string
	Role          string
	Language      string
	Teams         string
	Active        bool
	Presence      string
	Capacity      int
	Hash          string
	CustomerID    string
	Epoch         int64
	CreatedAt     int64
	UpdatedAt     int64
	SeenAt        int64 `bun:",scanonly"`
}

func (r staffRow) member() staff.Member {
	m := staff.Member{ID: id.Staff(r.ID), Login: r.Login, Name: r.Name, Role: staff.Role(r.Role), Language: id.Lang(r.Language), Active: r.Active, Presence: staff.Presence(r.Presence),
		Capacity: r.Capacity, Hash: r.Hash, Customer: id.Customer(r.CustomerID), Epoch: r.Epoch, CreatedAt: at(r.CreatedAt), UpdatedAt: at(r.UpdatedAt), SeenAt: at(r.SeenAt)}
	_ = json.Unmarshal([]byte(r.Teams), &m.Teams) // written by staffRowOf
	return m
}

func staffRowOf(m staff.Member) staffRow {
	teams, _ := json.Marshal(append([]id.Team{}, m.Teams...)) // texts only
	return staffRow{ID: string(m.ID), Login: m.Login, Name: m.Name, Role: string(m.Role), Language: string(m.Language), Teams: string(teams), Active: m.Active, Presence: string(m.Presence),
		Capacity: m.Capacity, Hash: m.Hash, CustomerID: string(m.Customer), Epoch: m.Epoch, CreatedAt: ms(m.CreatedAt), UpdatedAt: ms(m.UpdatedAt)}
}

// SaveStaff implements staff.Store.
func (d *DB) SaveStaff(ctx context.Context, m staff.Member) error {
	row := staffRowOf(m)
	err := d.writeTx(ctx, func(ctx context.Context, q bun.IDB) error {
		_, err := q.NewInsert().Model(&row).On("CONFLICT (id) DO UPDATE").
			Set("login = EXCLUDED.login, name = EXCLUDED.name, role = EXCLUDED.role, language = EXCLUDED.language, teams = EXCLUDED.teams, active = EXCLUDED.active, presence = EXCLUDED.presence").
			Set("capacity = EXCLUDED.capacity, hash = EXCLUDED.hash, customer_id = EXCLUDED.customer_id, epoch = EXCLUDED.epoch, updated_at = EXCLUDED.updated_at").Exec(ctx)
		return err
	})
	if errs.Is(err, errs.Conflict) {
		return errs.New(errs.Conflict, "login_taken", "The login %q is taken; choose another one.", m.Login).With("body.login", "taken")
	}
	return err
}

// StaffByID implements staff.Store.
func (d *DB) StaffByID(ctx context.Context, sid id.Staff) (staff.Member, error) {
	return d.oneStaff(ctx, `SELECT * FROM staff WHERE id = ?`, string(sid))
}

// StaffByLogin implements staff.Store.
func (d *DB) StaffByLogin(ctx context.Context, login string) (staff.Member, error) {
	return d.oneStaff(ctx, `SELECT * FROM staff WHERE login = ?`, login)
}

func (d *DB) oneStaff(ctx context.Context, query, arg string) (staff.Member, error) {
	var r staffRow
	err := mapErr(d.q(ctx).NewRaw(query, arg).Scan(ctx, &r))
	if errs.Is(err, errs.NotFound) {
		return staff.Member{}, errs.New(errs.NotFound, "staff_unknown", "There is no such member of staff.")
	}
	return r.member(), err
}

// AllStaff implements staff.Directory.
func (d *DB) AllStaff(ctx context.Context) (out []staff.Member, err error) {
	var rows []staffRow
	err = d.q(ctx).NewRaw(`SELECT s.*, COALESCE((SELECT MAX(seen_at) FROM staff_sessions x WHERE x.staff_id = s.id), 0) AS seen_at FROM staff s ORDER BY s.name, s.id`).Scan(ctx, &rows)
	for _, r := range rows {
		out = append(out, r.member())
	}
	return out, mapErr(err)
}

type teamRow struct {
	bun.BaseModel `bun:"table:teams"`
	ID            string `bun:",pk"`
	NameZH        string `bun:"name_zh"`
	NameEN        string `bun:"name_en"`
	Department    string
}

// Teams implements staff.Directory.
func (d *DB) Teams(ctx context.Context) (out []staff.Team, err error) {
	var rows []teamRow
	err = d.q(ctx).NewRaw(`SELECT * FROM teams ORDER BY id`).Scan(ctx, &rows)
	for _, r := range rows {
		out = append(out, staff.Team{ID: id.Team(r.ID), Name: id.Text{ZH: r.NameZH, EN: r.NameEN}, Department: r.Department})
	}
	return out, mapErr(err)
}

// SaveTeam implements staff.Directory.
func (d *DB) SaveTeam(ctx context.Context, t staff.Team) error {
	row := teamRow{ID: string(t.ID), NameZH: t.Name.ZH, NameEN: t.Name.EN, Department: t.Department}
	return d.writeTx(ctx, func(ctx context.Context, q bun.IDB) error {
		_, err := q.NewInsert().Model(&row).On("CONFLICT (id) DO UPDATE").Set("name_zh = EXCLUDED.name_zh, name_en = EXCLUDED.name_en, department = EXCLUDED.department").Exec(ctx)
		return err
	})
}

// TeamOf implements ticket.TeamFinder.
func (d *DB) TeamOf(ctx context.Context, department string) (id.Team, error) {
	var team string
	err := mapErr(d.q(ctx).NewRaw(`SELECT id FROM teams WHERE department = ? ORDER BY id LIMIT 1`, department).Scan(ctx, &team))
	if errs.Is(err, errs.NotFound) {
		err = nil
	}
	return id.Team(team), err
}

type shiftRow struct {
	bun.BaseModel `bun:"table:shifts"`
	StaffID       string
	Weekday       int
	FromMin       int
	ToMin         int
}

// Shifts implements staff.Rota.
func (d *DB) Shifts(ctx context.Context, sid id.Staff) (out []staff.Shift, err error) {
	var rows []shiftRow
	err = d.q(ctx).NewRaw(`SELECT * FROM shifts WHERE staff_id = ? ORDER BY weekday, from_min`, string(sid)).Scan(ctx, &rows)
	for _, r := range rows {
		out = append(out, staff.Shift{StaffID: id.Staff(r.StaffID), Weekday: time.Weekday(r.Weekday), From: r.FromMin, To: r.ToMin})
	}
	return out, mapErr(err)
}

// SetShifts implements staff.Rota.
func (d *DB) SetShifts(ctx context.Context, sid id.Staff, shifts []staff.Shift) error {
	return d.writeTx(ctx, func(ctx context.Context, q bun.IDB) error {
		if _, err := q.NewRaw(`DELETE FROM shifts WHERE staff_id = ?`, string(sid)).Exec(ctx); err != nil {
			return err
		}
		for _, s := range shifts {
			row := shiftRow{StaffID: string(sid), Weekday: int(s.Weekday), FromMin: s.From, ToMin: s.To}
			if _, err := q.NewInsert().Model(&row).Exec(ctx); err != nil {
				return err
			}
		}
		return nil
	})
}
