package learning

import (
	"context"
	"fmt"
	"strings"

	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// A step is worth a look when enough people left there.
const (
	dropsMin = 3
	dropsOf  = 0.15
)

// flowGaps keeps a gap for each step at which too many leave.
func (s *Service) flowGaps(ctx context.Context) error {
	counts, err := s.d.Flows.FlowCounts(ctx, s.d.Now().Add(-s.d.Settings.Window))
	if err != nil {
		return err
	}
	runs := map[string]int{}
	for _, c := range counts {
		runs[c.Flow] += c.Runs
	}
	return s.d.Tx.InTx(ctx, func(ctx context.Context) error {
		for _, c := range counts {
			share := float64(c.Dropped) / float64(max(runs[c.Flow], 1))
			if c.Step == "" || c.Dropped < dropsMin || share < dropsOf {
				continue
			}
			if err := s.putFlowGap(ctx, c, runs[c.Flow], share); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *Service) putFlowGap(ctx context.Context, c FlowCount, runs int, share float64) error {
	gid := "gap_flow_" + c.Flow + "_" + strings.ReplaceAll(c.Step, " ", "-")
	g, err := s.d.Gaps.Gap(ctx, gid)
	if err != nil {
		g = Gap{ID: gid, Kind: OfFlow, State: GapOpen, Flow: c.Flow, Step: c.Step, Phrasings: []string{}}
	}
	g.Title, g.People, g.Signals, g.Share, g.Pain = c.Flow+" · "+c.Step, c.People, c.Dropped, share, pains[Recontact]
	g.Impact, g.FirstAt, g.LastAt = float64(g.People)*g.Pain, c.First, c.Last
	return s.d.Gaps.PutGap(ctx, g)
}

// propose says what to look at in a flow, and what mending it would bring.
func (s *Service) propose(ctx context.Context, g Gap) (*Proposal, error) {
	counts, err := s.d.Flows.FlowCounts(ctx, s.d.Now().Add(-s.d.Settings.Window))
	if err != nil {
		return nil, err
	}
	p := &Proposal{Flow: g.Flow, Step: g.Step}
	for _, c := range counts {
		if c.Flow != g.Flow {
			continue
		}
		p.Runs += c.Runs
		if c.Step == g.Step {
			p.Dropped = c.Dropped
		}
	}
	p.Share = float64(p.Dropped) / float64(max(p.Runs, 1))
	p.Gain = 100 * p.Share / 2
	p.Text = id.Text{
		ZH: fmt.Sprintf("流程 %s 的第 %s 步：%d 次中有 %d 次（%.0f%%）在这里离开。建议先预填已知信息、给出可点选的选项，或把这一步挪到后面。如果其中一半继续，每百次多完成 %.1f 次。", p.Flow, p.Step, p.Runs, p.Dropped, 100*p.Share, p.Gain),
		EN: fmt.Sprintf("Flow %s, step %s: %d of %d runs (%.0f%%) ended here. Fill in what is known already, offer choices to press, or ask later. If half of them went on, %.1f more of a hundred would be completed.", p.Flow, p.Step, p.Dropped, p.Runs, 100*p.Share, p.Gain),
	}
	return p, nil
}
