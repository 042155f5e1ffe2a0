package app

import (
	"context"
	"net/http"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
	"go.opentelemetry.io/otel/trace/noop"

	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/routing"
)

// wireTracing sends spans of requests and turns to the collector that is set; without one, nothing is recorded. Spans
// carry routes, ids and counts, never what anybody wrote.
func (a *App) wireTracing(ctx context.Context) error {
	a.tracer = noop.NewTracerProvider().Tracer("xiaoer")
	if a.cfg.Tracing.Endpoint == "" {
		return nil
	}
	exporter, err := otlptracehttp.New(ctx, otlptracehttp.WithEndpointURL(a.cfg.Tracing.Endpoint))
	if err != nil {
		return errs.Wrap(err, errs.Invalid, "tracing_endpoint", "The tracing endpoint %q cannot be used.", a.cfg.Tracing.Endpoint)
	}
	p := sdktrace.NewTracerProvider(sdktrace.WithBatcher(exporter), sdktrace.WithSampler(sdktrace.ParentBased(sdktrace.TraceIDRatioBased(a.cfg.Tracing.Ratio))),
		sdktrace.WithResource(resource.NewSchemaless(attribute.String("service.name", "xiaoer"), attribute.String("service.version", a.opt.Version))))
	a.tracer = p.Tracer("xiaoer")
	a.stops = append(a.stops, p.Shutdown)
	return nil
}

// traced makes a span of every request, a child of the caller's where it sends one.
func (a *App) traced(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx := propagation.TraceContext{}.Extract(r.Context(), propagation.HeaderCarrier(r.Header))
		ctx, span := a.tracer.Start(ctx, r.Method, trace.WithSpanKind(trace.SpanKindServer))
		defer span.End()
		r = r.WithContext(ctx)
		next.ServeHTTP(w, r)
		span.SetName(r.Pattern)
		span.SetAttributes(attribute.String("http.route", r.Pattern))
	})
}

// tracedTurns makes a span of every turn of the agent.
type tracedTurns struct {
	routing.Answerer
	tracer trace.Tracer
}

// Turn implements routing.Answerer.
func (t tracedTurns) Turn(ctx context.Context, turn conversation.Turn) (conversation.Reply, error) {
	ctx, span := t.tracer.Start(ctx, "agent.turn", trace.WithAttributes(
		attribute.String("conversation.id", string(turn.Conversation.ID)), attribute.String("turn.id", string(turn.ID)), attribute.Int("turn.inputs", len(turn.Inputs))))
	defer span.End()
	reply, err := t.Answerer.Turn(ctx, turn)
	if err != nil {
		span.SetStatus(codes.Error, errs.CodeOf(err))
	}
	span.SetAttributes(attribute.Int("turn.messages", len(reply.Messages)), attribute.String("turn.intent", reply.Facts.Intent), attribute.Bool("turn.handoff", reply.Handoff != nil))
	return reply, err
}
