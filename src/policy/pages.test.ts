import { expect, it } from 'vitest';
import { BASE } from './base.ts';
import { policyPages } from './pages.ts';
import { POLICIES } from './policies.ts';
import { POLICY_TEXTS } from './policy-texts.ts';

it('every policy has a page that names each rule, limit and weakness', () => {
  const pages = policyPages();
  expect([...pages.keys()]).toEqual(['index.html', ...[BASE, ...POLICIES.values()].map(({ name }) => `${name}.html`)]);
  for (const policy of [BASE, ...POLICIES.values()]) {
    const page = pages.get(`${policy.name}.html`)!;
    for (const { name, rows } of policy.sections) {
      expect(page).toContain(`<h3>${name} `);
      if (rows.length === 0) expect(page).toContain('nothing, until the page adds a rule');
    }
    for (const [name, n] of Object.entries(policy.constants)) expect(page).toContain(`<td>${name}</td><td>${n}</td>`);
    for (const weakness of POLICY_TEXTS.get(policy.name)!.weaknesses) expect(page).toContain(weakness);
    expect(pages.get('index.html')).toContain(`href="${policy.name}.html"`);
  }
  expect(pages.get('outside.html')).toContain('<code>disallow local</code>: it guards the machine and the network the tclet runs in');
  expect(pages.get('base.html')).not.toContain('<h2>Commands</h2>');
});
