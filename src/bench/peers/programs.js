// The programs of src/bench/programs in JavaScript, for QuickJS: the same algorithms, work and results. Not a module: it leaves `bench` as a global.
const bench = {
  coroutine() {
    function* counter(n) {
      for (let i = 0; i < n; i++) yield i;
    }
    const next = counter(200000);
    let sum = 0;
    for (let i = 0; i < 200000; i++) sum += next.next().value;
    return sum;
  },

  fib() {
    const fib = (n) => (n < 2 ? n : fib(n - 1) + fib(n - 2));
    return fib(27);
  },

  heapsort() {
    const n = 20000;
    const a = [];
    let x = 42;
    for (let i = 0; i < n; i++) {
      x = (x * 1103 + 12345) % 65536;
      a.push(x);
    }
    let first = n / 2;
    let last = n;
    for (;;) {
      let value;
      if (first > 0) {
        first--;
        value = a[first];
      } else {
        last--;
        if (last === 0) break;
        value = a[last];
        a[last] = a[0];
      }
      let hole = first;
      let child = 2 * hole + 1;
      while (child < last) {
        if (child + 1 < last && a[child] < a[child + 1]) child++;
        if (a[child] <= value) break;
        a[hole] = a[child];
        hole = child;
        child = 2 * hole + 1;
      }
      a[hole] = value;
    }
    let sum = 0;
    let i = 0;
    for (const v of a) sum = (sum * 31 + v * ++i) % 1000003;
    return sum;
  },

  loops() {
    let sum = 0;
    for (let i = 0; i < 1000; i++) {
      for (let j = 0; j < 1000; j++) sum += (i * j) % 7;
    }
    return sum;
  },

  mandelbrot() {
    let inside = 0;
    for (let y = 0; y < 100; y++) {
      for (let x = 0; x < 100; x++) {
        const cr = x / 50 - 1.5;
        const ci = y / 50 - 1;
        let zr = 0;
        let zi = 0;
        let k = 0;
        while (k < 50 && zr * zr + zi * zi < 4) {
          const t = zr * zr - zi * zi + cr;
          zi = 2 * zr * zi + ci;
          zr = t;
          k++;
        }
        inside += k;
      }
    }
    return inside;
  },

  matmul() {
    const n = 60;
    const matrix = (seed) => {
      const m = [];
      for (let i = 0; i < n; i++) {
        const row = [];
        for (let j = 0; j < n; j++) row.push((i * seed + j) % 17);
        m.push(row);
      }
      return m;
    };
    const a = matrix(3);
    const b = matrix(5);
    let trace = 0;
    for (let i = 0; i < n; i++) {
      const row = a[i];
      for (let j = 0; j < n; j++) {
        let sum = 0;
        for (let k = 0; k < n; k++) sum += row[k] * b[k][j];
        if (i === j) trace += sum;
      }
    }
    return trace;
  },

  mixing() {
    let a = 0x67452301 | 0;
    let b = 0xefcdab89 | 0;
    for (let i = 0; i < 200000; i++) {
      const f = (a & b) | (~a & i);
      const t = (a + f + Math.imul(i, 0x9e3779b1)) | 0;
      a = b;
      b = (t << 7) | (t >>> 25);
    }
    return `${a >>> 0} ${b >>> 0}`;
  },

  // The keys of an array are text.
  'sieve-array'() {
    const n = 50000;
    const flag = new Map();
    for (let i = 2; i < n; i++) flag.set(String(i), 1);
    for (let i = 2; i * i < n; i++) {
      if (flag.get(String(i))) {
        for (let j = i * i; j < n; j += i) flag.set(String(j), 0);
      }
    }
    let count = 0;
    for (let i = 2; i < n; i++) count += flag.get(String(i));
    return count;
  },

  'sieve-list'() {
    const n = 50000;
    const flags = new Array(n).fill(1);
    for (let i = 2; i * i < n; i++) {
      if (flags[i]) {
        for (let j = i * i; j < n; j += i) flags[j] = 0;
      }
    }
    let count = -2;
    for (let i = 0; i < n; i++) count += flags[i];
    return count;
  },

  string() {
    let s = '';
    for (let i = 0; i < 200000; i++) s += 'abcdefghij'.charAt(i % 10);
    let n = 0;
    for (let i = 0; i < 200000; i++) {
      if (s.charAt(i) === 'c') n++;
    }
    return `${n} ${s.slice(5, -5).length}`;
  },

  wordcount() {
    let text = '';
    const words = 'the quick brown fox jumps over lazy dog and then sleeps in sun'.split(' ');
    let x = 7;
    let length = 0;
    while (length < 100000) {
      x = (x * 421 + 1663) % 7875;
      const word = words[x % words.length];
      text += `${word} `;
      length += word.length + 1;
    }
    const count = new Map();
    for (const word of text.trim().split(' ')) count.set(word, (count.get(word) ?? 0) + 1);
    return [...count.keys()]
      .sort()
      .map((word) => `${word} ${count.get(word)}`)
      .join(' ');
  },
};
globalThis.bench = bench;
