export * from './parts';
export * from './bits';
export * from './icons';
export { Look, useDark } from './Look';
export { Markdown, Plain, Rich } from './Text';
export { useSay } from './toast';
export { VirtualList } from './VirtualList';
