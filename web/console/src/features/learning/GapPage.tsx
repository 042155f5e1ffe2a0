import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from 'react-router';
import { api, keys, type GapFull } from '../../lib/api';
import { useT, word } from '../../lib/i18n';
import { Await, Button, Chip, IconBack, IconButton, Time } from '../../ui';
import { useCan } from '../auth/session';
import { DraftBox } from './DraftBox';
import { useDraftSteps } from './useDraft';
import './learning.css';

// GapPage is one gap: the questions, staff's answers, and its drafts with their proof.
export function GapPage() {
  const { id = '' } = useParams();
  const answer = useQuery({ queryKey: keys.gap(id), queryFn: () => api.learning.gap(id) });
  return <main className="page"><Await answer={answer}>{(g) => <Open gap={g} />}</Await></main>;
}

function Open({ gap: g }: { gap: GapFull }) {
  const { t } = useT();
  const can = useCan();
  const navigate = useNavigate();
  const steps = useDraftSteps();
  return (
    <>
      <header className="page-head">
        <IconButton title={t('do.back')} icon={<IconBack />} onClick={() => void navigate('/learning')} />
        <h1>{g.title}</h1>
        <Chip>{word(t, 'learning.state', g.state)}</Chip>
        <Chip>{t('learning.people', { n: g.people })}</Chip>
        <span className="grow" />
        {g.state !== 'drafted' && can('knowledge.write') && <Button type="primary" loading={steps.make.isPending} onClick={() => steps.make.mutate(g.id)}>{t('learning.make')}</Button>}
      </header>
      {g.drafts.map((d) => <DraftBox key={`${d.id} ${d.version}`} draft={d} />)}
      <section className="box">
        <h3>{t('learning.questions')}</h3>
        <ul className="signals">
          {g.questions.map((s, i) => (
            <li key={s.id || i}>
              <Chip>{word(t, 'learning.signal', s.kind)}</Chip>
              <span>{s.conversation_id ? <Link to={`/inbox/${s.conversation_id}`}>{s.text}</Link> : s.text}</span>
              {s.answer && <blockquote>{s.answer}</blockquote>}
              <Time at={s.at} />
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}
