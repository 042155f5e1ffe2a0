import type { Proof, ProofChange } from '../../lib/api';
import { useT, type Key } from '../../lib/i18n';
import { Chip } from '../../ui';
import { share } from './words';

// ProofView shows what a draft would change, question by question.
export function ProofView({ proof: p }: { proof: Proof }) {
  const { t, l } = useT();
  return (
    <div className="proof">
      <h3>{t('learning.proof')}</h3>
      {p.objections.map((o, i) => <p key={i}><Chip tone="bad">{o[l]}</Chip></p>)}
      <ul>
        <li>{t('learning.proof.gap', { n: p.asked, a: p.before, b: p.after })}</li>
        <li>{t('learning.proof.unseen', { n: share(p.unseen) })}</li>
        <li>{t('learning.proof.suite', { n: p.suite, a: share(p.suite_before), b: share(p.suite_after) })}</li>
      </ul>
      <Changes title="learning.worse" list={p.worse} />
      <Changes title="learning.newly" list={p.newly_answered} />
      <Changes title="learning.other" list={p.changed} />
    </div>
  );
}

function Changes({ title, list }: { title: Key; list: ProofChange[] }) {
  const { t } = useT();
  if (!list.length) return null;
  return (
    <details open={title === 'learning.worse'}>
      <summary>{t(title)} ({list.length})</summary>
      <table className="table">
        <tbody>{list.map((c, i) => <tr key={i}><td>{c.text}</td><td><del>{c.before}</del></td><td><ins>{c.after}</ins></td></tr>)}</tbody>
      </table>
    </details>
  );
}
