package realtime

import (
	"context"
	"encoding/json"
	"log/slog"
	"time"

	"github.com/redis/go-redis/v9"
)

// Redis is a Broker on Redis publish/subscribe. Nothing is kept there; losing it loses no more than haste.
type Redis struct {
	client  *redis.Client
	channel string
	log     *slog.Logger
	out     chan []byte
}

// NewRedis connects lazily to a redis:// URL.
func NewRedis(url, channel string, log *slog.Logger) (*Redis, error) {
	o, err := redis.ParseURL(url)
	if err != nil {
		return nil, err
	}
	o.DialTimeout, o.ReadTimeout, o.WriteTimeout, o.MaxRetries = 500*time.Millisecond, time.Second, 500*time.Millisecond, -1
	return &Redis{client: redis.NewClient(o), channel: channel, log: log, out: make(chan []byte, 256)}, nil
}

// Send queues a hint; a full queue (broker gone) drops it.
func (r *Redis) Send(_ context.Context, h Hint) {
	b, err := json.Marshal(h)
	if err != nil {
		return
	}
	select {
	case r.out <- b:
	default:
	}
}

// Receive hands over what other nodes send until ctx ends, and sends what was queued.
func (r *Redis) Receive(ctx context.Context, fn func(Hint)) {
	defer r.client.Close()
	go r.sendAll(ctx)
	sub := r.client.Subscribe(ctx, r.channel)
	defer sub.Close()
	for {
		select {
		case <-ctx.Done():
			return
		case m, ok := <-sub.Channel():
			if !ok {
				return
			}
			var h Hint
			if json.Unmarshal([]byte(m.Payload), &h) == nil {
				fn(h)
			}
		}
	}
}

func (r *Redis) sendAll(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case b := <-r.out:
			if err := r.client.Publish(ctx, r.channel, b).Err(); err != nil && ctx.Err() == nil {
				r.log.Debug("broker not reached; the others will poll", "err", err)
			}
		}
	}
}
