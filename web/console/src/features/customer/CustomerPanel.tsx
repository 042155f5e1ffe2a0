import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { api, keys, type Conversation, type Customer, type Order } from '../../lib/api';
import { full, money, number } from '../../lib/format';
import { useT, word, type Translate } from '../../lib/i18n';
import { Avatar, Await, Chip, Fact, Tabs, Time } from '../../ui';
import { useCan } from '../auth/session';
import { Tier } from '../inbox/Marks';
import { placePath } from '../search/places';
import { TicketLines } from '../ticket/TicketLines';
import './customer.css';

// CustomerPanel is who one talks to: what is known, what was bought, what is open, what happened so far.
export function CustomerPanel({ id, conversation }: { id: string; conversation?: Conversation }) {
  const { t } = useT();
  const can = useCan();
  const customer = useQuery({ queryKey: keys.customer(id), queryFn: () => api.customers.one(id), enabled: can('customer.read'), placeholderData: conversation?.customer });
  const tabs = [
    { key: 'orders', label: t('customer.orders'), children: <Orders id={id} />, needs: 'order.read' },
    { key: 'tickets', label: t('nav.tickets'), children: <TicketLines query={{ customer: id }} />, needs: 'ticket.read' },
    { key: 'timeline', label: t('customer.timeline'), children: <Timeline id={id} />, needs: 'customer.read' },
  ].filter((x) => can(x.needs));
  return (
    <aside className="customer" aria-label={t('customer.title')}>
      <Await answer={customer}>{(c) => <Profile customer={c} conversation={conversation} />}</Await>
      <Tabs size="small" items={tabs} destroyOnHidden />
    </aside>
  );
}

export function Profile({ customer: c, conversation }: { customer: Customer; conversation?: Conversation }) {
  const { t, l } = useT();
  return (
    <section className="profile">
      <header>
        <Avatar name={c.name || '?'} size={44} />
        <div>
          <h2><Link to={`/customers/${c.id}`}>{c.name || t('customer.visitor')}</Link></h2>
          <p><Tier name={c.tier} />{c.points !== undefined && <span>{t('customer.points', { n: number(c.points, l) })}</span>}</p>
        </div>
      </header>
      <dl>
        {c.stage && <Fact name={t('customer.stage')}>{word(t, 'stage', c.stage)}</Fact>}
        {c.city && <Fact name={t('customer.city')}>{c.city}</Fact>}
        {c.phone && <Fact name={t('customer.phone')}>{c.phone}</Fact>}
        {c.email && <Fact name={t('customer.email')}>{c.email}</Fact>}
        {c.language && <Fact name={t('customer.language')}>{word(t, 'language', c.language)}</Fact>}
        {conversation?.page && <Fact name={t('customer.page')}><span className="ellipsis">{conversation.page}</span></Fact>}
        {conversation?.reason && <Fact name={t('conversation.reason')}><Chip tone="warn">{word(t, 'reason', conversation.reason)}</Chip></Fact>}
        {conversation?.rating ? <Fact name={t('facet.rating')}><span className="stars">{'★'.repeat(conversation.rating)}</span></Fact> : null}
        {c.created_at && <Fact name={t('customer.since')}>{full(c.created_at, l).split(/[ ,]/)[0]}</Fact>}
      </dl>
      {c.coupons?.length ? <p className="coupons">{c.coupons.map((k) => <Chip key={k.name} tone="accent">{k.name}</Chip>)}</p> : null}
    </section>
  );
}

export function Orders({ id }: { id: string }) {
  const { t } = useT();
  const answer = useQuery({ queryKey: keys.orders(id), queryFn: () => api.customers.orders(id) });
  return <Await answer={answer}>{(page) => (page.items.length ? <div className="orders">{page.items.map((o) => <OrderLine key={o.order_id} order={o} />)}</div> : <p className="none">{t('customer.orders.none')}</p>)}</Await>;
}

function OrderLine({ order: o }: { order: Order }) {
  const { l } = useT();
  return (
    <details className="order">
      <summary>
        <span><code>{o.number}</code> <Chip tone={['cancelled', 'refunded'].includes(o.status) ? 'plain' : 'brand'}>{o.status_text}</Chip></span>
        <span className="order-sub"><span className="ellipsis">{o.items.map((i) => i.name).join(', ')}</span><b>{money(o.total, l)}</b></span>
      </summary>
      <ul>{o.items.map((i) => <li key={i.sku}><span>{i.name} × {i.quantity}</span><span>{money(i.price, l)}</span></li>)}</ul>
      <small><Time at={o.placed_at} /> {o.store ?? ''} {o.shipments?.map((s) => `${s.carrier} ${s.tracking_number} · ${s.status_text}`).join(' / ')}</small>
    </details>
  );
}

export function Timeline({ id }: { id: string }) {
  const { t } = useT();
  const answer = useQuery({ queryKey: keys.timeline(id), queryFn: () => api.customers.timeline(id) });
  return (
    <Await answer={answer}>
      {(page) => page.items.length ? (
        <ol className="timeline">
          {page.items.map((item, i) => (
            <li key={i} className={`on-${item.kind}`}>
              <span>{item.ref ? <Link to={placePath(item.ref.kind, item.ref.id)}>{titled(item, t)}</Link> : titled(item, t)} <Time at={item.at} /></span>
              {item.detail && <p>{item.detail}</p>}
            </li>
          ))}
        </ol>
      ) : <p className="none">{t('customer.timeline.none')}</p>}
    </Await>
  );
}


// A conversation is titled by its channel, which people know by another name.
const titled = (item: { kind: string; title: string }, t: Translate) => (item.kind === 'conversation' ? word(t, 'channel', item.title) : item.title);
