package learning

import "context"

// Gaps lists gaps, the largest impact first.
func (s *Service) Gaps(ctx context.Context, f GapFilter) ([]Gap, error) { return s.d.Gaps.Gaps(ctx, f) }

// Gap gives one gap with the signals behind it, newest first.
func (s *Service) Gap(ctx context.Context, gid string) (Gap, []Signal, error) {
	g, err := s.d.Gaps.Gap(ctx, gid)
	if err != nil {
		return g, nil, err
	}
	list, err := s.d.Signals.Signals(ctx, SignalFilter{Gap: gid, Limit: 200})
	return g, list, err
}

// Drafts lists drafts, the newest change first.
func (s *Service) Drafts(ctx context.Context, f DraftFilter) ([]Draft, error) {
	return s.d.Drafts.Drafts(ctx, f)
}

// Find gives one draft.
func (s *Service) Find(ctx context.Context, did string) (Draft, error) {
	return s.d.Drafts.Draft(ctx, did)
}
