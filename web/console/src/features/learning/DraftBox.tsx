import { useState } from 'react';
import { Link } from 'react-router';
import type { Draft, DraftWords } from '../../lib/api';
import { useCommands } from '../../lib/commands';
import { useT, word } from '../../lib/i18n';
import { Button, Chip, Input } from '../../ui';
import { useCan } from '../auth/session';
import { ProofView } from './ProofView';
import { draftTone, share } from './words';
import { useDraftSteps } from './useDraft';

const wordsOf = (d: Draft): DraftWords => ({ title: d.content.title, questions: d.content.questions ?? [], body: d.content.body });
const movable = ['draft', 'proved', 'failed'];

// DraftBox is one draft: its words, its proof, and what may be done with it.
export function DraftBox({ draft: d }: { draft: Draft }) {
  const { t, l } = useT();
  const can = useCan();
  const steps = useDraftSteps();
  const [words, setWords] = useState(wordsOf(d));
  const [reason, setReason] = useState('');
  const dirty = JSON.stringify(words) !== JSON.stringify(wordsOf(d));
  const open = movable.includes(d.state);
  const able = open && d.kind !== 'flow' && can('knowledge.write');
  const save = () => steps.save.mutate({ d, words: { ...words, questions: words.questions.map((q) => q.trim()).filter(Boolean) } });
  useCommands([{ id: `draft.save.${d.id}`, title: 'do.save', keys: 'mod+s', when: () => able && dirty, run: save }]);
  return (
    <section className="box draft" aria-label={d.content.title}>
      <header>
        <strong>{d.proposal ? `${d.proposal.flow} · ${d.proposal.step}` : d.content.title || t('learning.draft.draft')}</strong>
        <Chip tone={draftTone[d.state]}>{word(t, 'learning.draft', d.state)}</Chip>
        <span className="grow" />
        {d.article_id && <Link to={`/knowledge/${d.article_id}`}>{t('learning.article')}</Link>}
      </header>
      {d.reason && <p className="none">{d.reason}</p>}
      {d.proposal && <p>{d.proposal.text[l]}</p>}
      {d.notes?.length ? <p><Chip tone="warn">{t('learning.notes')}</Chip> {d.notes.join(' · ')}</p> : null}
      {able && (
        <div className="draft-words">
          <Input value={words.title} maxLength={200} aria-label={t('article.title')} placeholder={t('article.title')} onChange={(e) => setWords({ ...words, title: e.target.value })} />
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} value={words.questions.join('\n')} aria-label={t('article.questions')} placeholder={t('article.questions.hint')} onChange={(e) => setWords({ ...words, questions: e.target.value.split('\n') })} />
          <Input.TextArea autoSize={{ minRows: 4, maxRows: 20 }} value={words.body} aria-label={t('article.body')} placeholder={t('article.body')} onChange={(e) => setWords({ ...words, body: e.target.value })} />
        </div>
      )}
      {d.proof && <ProofView proof={d.proof} />}
      {d.watch && <p>{t('learning.watch', { n: d.watch.cited, h: d.watch.harmed, c: d.watch.held, u: share(d.watch.uplift) })}</p>}
      <footer>
        {able && <Button disabled={!dirty} loading={steps.save.isPending} onClick={save}>{t('do.save')}</Button>}
        {able && <Button type={d.state === 'draft' ? 'primary' : 'default'} disabled={dirty} loading={steps.prove.isPending} onClick={() => steps.prove.mutate(d)}>{t('learning.prove')}</Button>}
        {can('knowledge.publish') && (d.state === 'proved' || (d.kind === 'flow' && d.state === 'draft')) && <Button type="primary" disabled={dirty} loading={steps.accept.isPending} onClick={() => steps.accept.mutate(d)}>{t(d.kind === 'flow' ? 'learning.accept.flow' : 'learning.accept')}</Button>}
        <span className="grow" />
        {can('knowledge.publish') && (open || d.state === 'published' || d.state === 'kept') && <Input className="draft-reason" value={reason} maxLength={400} aria-label={t('learning.reason')} placeholder={t('learning.reason')} onChange={(e) => setReason(e.target.value)} />}
        {can('knowledge.publish') && open && <Button danger disabled={!reason.trim()} loading={steps.reject.isPending} onClick={() => steps.reject.mutate({ d, reason })}>{t('learning.reject')}</Button>}
        {can('knowledge.publish') && (d.state === 'published' || d.state === 'kept') && <Button danger disabled={!reason.trim()} loading={steps.rollback.isPending} onClick={() => steps.rollback.mutate({ d, reason })}>{t('learning.rollback')}</Button>}
      </footer>
    </section>
  );
}
