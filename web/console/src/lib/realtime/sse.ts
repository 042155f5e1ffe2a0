export type SseEvent = { id: string; event: string; data: string };

// Parser of text/event-stream (WHATWG HTML, section 9.2.6), fed with pieces that may end anywhere.
export class SseParser {
  private rest = '';
  private id = '';
  private event = '';
  private data: string[] = [];

  push(piece: string): SseEvent[] {
    const out: SseEvent[] = [];
    const lines = (this.rest + piece).split(/\r\n|\n|\r(?!$)/);
    this.rest = lines.pop() ?? '';
    for (const line of lines) {
      const made = this.line(line);
      if (made) out.push(made);
    }
    return out;
  }

  private line(line: string): SseEvent | undefined {
    if (line === '') return this.flush();
    if (line.startsWith(':')) return undefined;
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'id') this.id = value;
    if (field === 'event') this.event = value;
    if (field === 'data') this.data.push(value);
    return undefined;
  }

  private flush(): SseEvent | undefined {
    const made = this.data.length ? { id: this.id, event: this.event || 'message', data: this.data.join('\n') } : undefined;
    this.event = '';
    this.data = [];
    return made;
  }
}
