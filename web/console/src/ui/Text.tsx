import { Fragment, type ReactNode } from 'react';
import { blocks, type Block } from '../lib/text/blocks';
import { plain, rich, type Inline } from '../lib/text/inline';

function node(n: Inline, i: number): ReactNode {
  switch (n.kind) {
    case 'text':
      return <Fragment key={i}>{n.text}</Fragment>;
    case 'break':
      return <br key={i} />;
    case 'code':
      return <code key={i}>{n.text}</code>;
    case 'strong':
      return <strong key={i}>{n.children.map(node)}</strong>;
    case 'em':
      return <em key={i}>{n.children.map(node)}</em>;
    case 'link':
      return (
        <a key={i} href={n.href} target="_blank" rel="noopener noreferrer nofollow">
          {n.text}
        </a>
      );
  }
}

// Foreign text, shown from the own tree: customers' words plainly, the agent's with emphasis.
export const Plain = ({ text }: { text: string }) => <>{plain(text).map(node)}</>;
export const Rich = ({ text }: { text: string }) => <>{rich(text).map(node)}</>;

function block(b: Block, i: number): ReactNode {
  switch (b.kind) {
    case 'heading': {
      const Tag = `h${Math.min(6, b.level + 1)}` as 'h2';
      return <Tag key={i}>{b.children.map(node)}</Tag>;
    }
    case 'paragraph':
      return <p key={i}>{b.children.map(node)}</p>;
    case 'list': {
      const Tag = b.ordered ? 'ol' : 'ul';
      return (
        <Tag key={i}>
          {b.items.map((item, j) => (
            <li key={j}>{item.map(node)}</li>
          ))}
        </Tag>
      );
    }
    case 'quote':
      return <blockquote key={i}>{b.children.map(block)}</blockquote>;
    case 'code':
      return <pre key={i}>{b.text}</pre>;
    case 'table':
      return <Table key={i} head={b.head} rows={b.rows} />;
    case 'rule':
      return <hr key={i} />;
  }
}

const Table = ({ head, rows }: { head: Inline[][]; rows: Inline[][][] }) => (
  <table>
    <thead>
      <tr>{head.map((cell, i) => <th key={i}>{cell.map(node)}</th>)}</tr>
    </thead>
    <tbody>
      {rows.map((row, i) => (
        <tr key={i}>{row.map((cell, j) => <td key={j}>{cell.map(node)}</td>)}</tr>
      ))}
    </tbody>
  </table>
);

export const Markdown = ({ source }: { source: string }) => <div className="markdown">{blocks(source).map(block)}</div>;
