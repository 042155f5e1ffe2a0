import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Card, Money } from '../../lib/api';
import { money } from '../../lib/format';
import { useT, word } from '../../lib/i18n';
import { Chip, Time, type Tone } from '../../ui';

type Rec = Record<string, unknown>;
const rec = (v: unknown): Rec => (v && typeof v === 'object' ? (v as Rec) : {});
const list = (v: unknown): Rec[] => (Array.isArray(v) ? v.map(rec) : []);
const text = (v: unknown): string => (typeof v === 'string' || typeof v === 'number' ? String(v) : '');
const tones: Record<string, Tone> = { open: 'info', done: 'good', cancelled: 'plain', expired: 'warn' };

// CardView shows a card as the customer sees it, but only to read: pressing it is the customer's right alone.
export function CardView({ card }: { card: Card }) {
  const { t } = useT();
  const Body = bodies[card.kind];
  return (
    <section className={`card card-${card.kind} ${card.status}`} aria-label={card.title}>
      <header>
        <strong>{card.title}</strong>
        <small>{word(t, 'card', card.kind)}</small>
        <Chip tone={tones[card.status] ?? 'plain'}>{word(t, 'card.status', card.status)}</Chip>
      </header>
      {Body ? <Body body={rec(card.body)} /> : <pre>{JSON.stringify(card.body, null, 1)}</pre>}
      {card.actions?.length ? <footer>{card.actions.map((a) => <span key={a.id} className={`ghost ${a.style ?? ''}`}>{a.label}</span>)}</footer> : null}
    </section>
  );
}

type Part = (p: { body: Rec }) => ReactNode;
const price = (v: unknown, l: 'zh' | 'en') => money(v ? (v as Money) : undefined, l);

const Order: Part = ({ body }) => {
  const { l } = useT();
  return (
    <>
      <p className="card-line"><code>{text(body.number)}</code> <Chip tone="brand">{text(body.status_text)}</Chip></p>
      <ul>{list(body.items).map((item, i) => <li key={i}><span>{text(item.name)} × {text(item.quantity)}</span><b>{price(item.price, l)}</b></li>)}</ul>
      {body.total ? <p className="card-total">{price(body.total, l)}</p> : null}
    </>
  );
};

const Track: Part = ({ body }) => (
  <>
    <p className="card-line">{text(body.carrier)} <code>{text(body.tracking_number)}</code> <Chip tone="brand">{text(body.status_text)}</Chip></p>
    <ol className="steps">{list(body.events).map((e, i) => <li key={i}><Time at={text(e.at)} /> {text(e.text)} <small>{text(e.place)}</small></li>)}</ol>
  </>
);

const Products: Part = ({ body }) => {
  const { l } = useT();
  return <ul>{list(body.products).map((p, i) => <li key={i}><span>{text(p.name)} <small>{text(p.stock_text)}</small></span><b>{price(p.price, l)}</b></li>)}</ul>;
};

const Stores: Part = ({ body }) => (
  <ul className="tall">{list(body.stores).map((s, i) => <li key={i}><span><b>{text(s.name)}</b><br /><small>{text(s.address)} · {text(s.hours_text)}</small></span><small>{text(s.stock_text)}</small></li>)}</ul>
);

const Choice: Part = ({ body }) => (
  <>
    <p>{text(body.prompt)}</p>
    <ul>{list(body.options).map((o, i) => <li key={i}><span>{text(o.label)} <small>{text(o.detail)}</small></span></li>)}</ul>
  </>
);

const Confirm: Part = ({ body }) => (
  <>
    <p>{text(body.summary)}</p>
    <dl>{list(body.lines).map((x, i) => <div key={i}><dt>{text(x.label)}</dt><dd>{text(x.value)}</dd></div>)}</dl>
  </>
);

const Form: Part = ({ body }) => <ul>{list(body.fields).map((f, i) => <li key={i}><span>{text(f.label)}{f.required ? ' *' : ''}</span></li>)}</ul>;

const Ticket: Part = ({ body }) => (
  <>
    <p className="card-line"><Link to={`/tickets/${text(body.ticket_id)}`}><code>{text(body.number)}</code></Link> <Chip tone="brand">{text(body.status_text)}</Chip> <small>{text(body.department)}</small></p>
    <p>{text(body.title)}</p>
  </>
);

const Rating: Part = ({ body }) => {
  const given = Number(rec(body).rating ?? 0);
  return <p className="stars" aria-label={given ? `${given}/5` : undefined}>{'★'.repeat(given)}{'☆'.repeat(Math.max(0, Number(body.scale ?? 5) - given))}</p>;
};

const bodies: Record<string, Part | undefined> = { order: Order, track: Track, product: Products, store: Stores, choice: Choice, confirm: Confirm, form: Form, ticket: Ticket, rating: Rating };
