/**
 * How wide the columns (or how high the rows) of a grid are: once for what they need, once more for the room there is. One axis at a time,
 * plain numbers in and out. Answers to tkGrid.c, ResolveConstraints and AdjustOffsets.
 */

/** A column or row. `offset` is where it ends, from the start of the grid. */
export interface Line {
  minSize: number;
  weight: number;
  uniform: string;
  pad: number;
  offset: number;
}
/** A window on the axis: the lines it spans and the size it wants. */
export interface Span {
  readonly start: number;
  readonly count: number;
  readonly size: number;
}

interface Work {
  minSize: number;
  weight: number;
  minOffset: number;
  maxOffset: number;
  /** Spans of several lines that end here. */
  readonly spans: Span[];
}

/** Integer division as in C. */
function div(a: number, b: number): number {
  return Math.trunc(a / b);
}

/** Sets each line's offset so that every span fits, and answers the whole size. */
export function resolve(lines: readonly Line[], spans: readonly Span[]): number {
  const count = lines.length;
  const work: Work[] = lines.map((l) => ({ minSize: l.minSize, weight: l.weight, minOffset: 0, maxOffset: 0, spans: [] }));
  for (const s of spans) {
    const last = s.start + s.count - 1;
    const at = work[last];
    if (!at) continue;
    if (s.count > 1) at.spans.unshift(s);
    else at.minSize = Math.max(at.minSize, s.size + lines[last]!.pad);
  }
  equalise(lines, work);
  const minBefore = (i: number) => (i < 0 ? 0 : work[i]!.minOffset);

  let offset = 0;
  work.forEach((w, i) => {
    w.minOffset = w.minSize + offset;
    for (const s of w.spans) w.minOffset = Math.max(w.minOffset, s.size + minBefore(i - s.count));
    offset = w.minOffset;
  });
  const total = offset;
  for (const w of work) w.maxOffset = offset;
  for (let i = count - 1; i > 0; i--) {
    for (const s of work[i]!.spans) {
      const before = work[i - s.count];
      if (before) before.maxOffset = Math.min(before.maxOffset, offset - s.size);
    }
    offset -= work[i]!.minSize;
    const before = work[i - 1]!;
    if (before.maxOffset < offset) offset = before.maxOffset;
    else before.maxOffset = offset;
  }

  for (let start = 0; start < count; ) {
    if (work[start]!.minOffset === work[start]!.maxOffset) {
      start++;
      continue;
    }
    let end = start + 1;
    while (end < count && work[end]!.minOffset !== work[end]!.maxOffset) end++;
    distribute(work, start, Math.min(end, count - 1));
  }
  lines.forEach((l, i) => {
    l.offset = work[i]!.minOffset;
  });
  return total;
}

/** Lines of one uniform group get sizes in proportion to their weights. */
function equalise(lines: readonly Line[], work: readonly Work[]): void {
  const groups = new Map<string, number>();
  const weightOf = (w: Work) => (w.weight > 0 ? w.weight : 1);
  lines.forEach((l, i) => {
    if (l.uniform === '') return;
    const w = work[i]!;
    groups.set(l.uniform, Math.max(groups.get(l.uniform) ?? 0, div(w.minSize + weightOf(w) - 1, weightOf(w))));
  });
  lines.forEach((l, i) => {
    if (l.uniform !== '') work[i]!.minSize = groups.get(l.uniform)! * weightOf(work[i]!);
  });
}

/** Shares out what spans need beyond their lines among the lines `start` to `end`, whose places are not settled. */
function distribute(work: readonly Work[], start: number, end: number): void {
  const slots = work.slice(start, end + 1);
  const before = start > 0 ? work[start - 1]!.minOffset : 0;
  const need = slots.reduce((n, w) => n + w.minSize, 0);
  let have = work[end]!.maxOffset - before;
  let totalWeight = slots.reduce((n, w) => n + w.weight, 0);
  const even = totalWeight === 0;
  if (even) totalWeight = slots.length;
  const weightOf = (w: Work) => (even ? 1 : w.weight);

  // Take less until no line would go past its limit.
  for (let again = true; again; ) {
    again = false;
    let edge = before;
    let grown = 0;
    let sum = 0;
    for (const w of slots) {
      const weight = weightOf(w);
      sum += weight;
      let grow = div((have - need) * sum, totalWeight) - grown;
      grown += grow;
      if (weight > 0 && edge + w.minSize + grow > w.maxOffset) {
        grow = w.maxOffset - w.minSize - edge;
        let less = div(grow * totalWeight, weight);
        if (less > totalWeight) less = div(less, totalWeight) * totalWeight;
        if (less <= 0) {
          less = have - need - 1;
          if (less > 3 * totalWeight) less = div(less * 3, 4);
          if (less > totalWeight) less = div(less, totalWeight) * totalWeight;
          if (less <= 0) less = 1;
        }
        have = less + need;
        again = true;
        break;
      }
      edge = Math.max(edge + w.minSize + grow, w.minOffset);
    }
  }
  let grown = 0;
  let sum = 0;
  let edge = before;
  for (const w of slots) {
    sum += weightOf(w);
    const grow = div((have - need) * sum, totalWeight) - grown;
    grown += grow;
    w.minSize += grow;
    w.minOffset = Math.max(w.minOffset, edge + w.minSize);
    edge = w.minOffset;
  }
  for (let i = end; i > start; i--) work[i - 1]!.maxOffset = Math.min(work[i - 1]!.maxOffset, work[i]!.maxOffset - work[i]!.minSize);
}

/** Stretches or shrinks the lines by weight to `size`, and answers the size they then take. */
export function adjust(lines: readonly Line[], size: number): number {
  const last = lines[lines.length - 1];
  if (!last) return size;
  let diff = size - last.offset;
  if (diff === 0) return size;
  const all = lines.reduce((n, l) => n + l.weight, 0);
  if (all === 0) return last.offset;
  const spread = (amount: number, weights: readonly number[], total: number) => {
    let sum = 0;
    lines.forEach((l, i) => {
      sum += weights[i]!;
      l.offset += div(amount * sum, total);
    });
  };
  if (diff > 0) {
    spread(
      diff,
      lines.map((l) => l.weight),
      all,
    );
    return size;
  }
  const now = (i: number) => lines[i]!.offset - (i > 0 ? lines[i - 1]!.offset : 0);
  const least = lines.map((l, i) => (l.weight > 0 ? l.minSize : now(i)));
  const minimum = least.reduce((a, b) => a + b, 0);
  if (size <= minimum) {
    let offset = 0;
    lines.forEach((l, i) => {
      l.offset = offset += least[i]!;
    });
    return minimum;
  }
  while (diff < 0) {
    const weights = lines.map((l, i) => (now(i) > l.minSize ? l.weight : 0));
    const total = weights.reduce((a, b) => a + b, 0);
    if (total === 0) break;
    let step = diff;
    lines.forEach((l, i) => {
      if (weights[i]! > 0) step = Math.max(step, div(total * (l.minSize - now(i)), weights[i]!));
    });
    spread(step, weights, total);
    diff -= step;
  }
  return size;
}
