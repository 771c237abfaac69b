/**
 * A page for each policy: what it grants, by the rules that decide, and what a tclet with it could still do. Whatever your policy, document it well.
 * Answers to the policies' own pages of the Tcl plugin.
 */
import { BASE } from './base.ts';
import { rowText } from './decide.ts';
import type { Policy } from './model.ts';
import { FEATURES, POLICIES } from './policies.ts';
import { POLICY_TEXTS, SECTION_WORDS } from './policy-texts.ts';

/** HTML documents by file name, an index among them. */
export function policyPages(): ReadonlyMap<string, string> {
  const all = [BASE, ...POLICIES.values()];
  const list = all.map(({ name }) => `<li><a href="${name}.html">${name}</a>: ${text(POLICY_TEXTS.get(name)!.purpose)}</li>`);
  const index = `<p>A tclet has <em>base</em> always, and one of the others when it asks for it by <code>policy NAME</code> and the page allows it.</p>
<ul>${list.join('')}</ul>`;
  return new Map([['index.html', document('Policies', index)], ...all.map((p) => [`${p.name}.html`, page(p)] as const)]);
}

function page(policy: Policy): string {
  const { purpose, weaknesses } = POLICY_TEXTS.get(policy.name)!;
  const features = policy.sections.find((s) => s.name === 'features')?.rows ?? [];
  const granted = [...FEATURES].filter(([feature]) => features.some((row) => row.words.some((w) => 'is' in w && w.is === feature)));
  const commands = granted.map(([feature, names]) => `<li>${text(feature)}: ${names.map((n) => `<code>${text(n)}</code>`).join(' ')}</li>`);
  const sections = policy.sections.map(({ name, rows }) => {
    const words = (SECTION_WORDS.get(name) ?? []).join(' ');
    const items = rows.map((row) => `<li><code>${text(rowText(row))}</code>${row.why === undefined ? '' : `: ${text(row.why)}`}</li>`);
    const none = '<li>nothing, until the page adds a rule</li>';
    return `<h3>${text(name)} <small>(${text(words)})</small></h3><ul>${items.join('') || none}</ul>`;
  });
  const limits = Object.entries(policy.constants).map(([name, n]) => `<tr><td>${text(name)}</td><td>${n}</td></tr>`);
  return document(
    `The policy ${policy.name}`,
    `<p>${text(purpose)}</p>
<h2>Known weaknesses</h2><ul>${weaknesses.map((w) => `<li>${text(w)}</li>`).join('')}</ul>
${commands.length === 0 ? '' : `<h2>Commands</h2><ul>${commands.join('')}</ul>`}
<h2>Rules</h2><p>What no rule allows is refused; a rule that disallows beats all that allow. A page may add rules to those of a policy.</p>
${sections.join('\n')}
<h2>Limits</h2><table><tr><th>constant</th><th>value</th></tr>${limits.join('')}</table>
<p><a href="index.html">All policies</a></p>`,
  );
}

function document(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${text(title)}</title><link rel="stylesheet" href="../gallery.css"></head>
<body><main><h1>${text(title)}</h1>
${body}
</main></body>
</html>
`;
}

function text(s: string): string {
  return s.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
}
