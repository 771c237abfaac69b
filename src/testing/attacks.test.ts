/** The attacks of safe/attacks.ts that need a policy, on a tclet joined to its page's gate: how each ends, that nothing leaves the page, and that the log says why. */
import { describe, expect, it } from 'vitest';
import { policiesWith } from '../policy/page-rules.ts';
import { ATTACKS } from '../safe/attacks.ts';
import { gatedTclet } from './tclet.ts';

for (const { title, policy, rules = {}, rows } of ATTACKS) {
  if (policy === undefined) continue;
  describe(title, () => {
    it.each(rows)('%s', async (script, said) => {
      const t = gatedTclet({
        allowed: [policy],
        policies: policiesWith({ [policy]: rules }),
        call: async (name) => {
          throw new Error(`the page exposes no "${name}"`);
        },
      });
      expect(await t.run(`policy ${policy}`)).toBe(`ok ${policy}`);
      const before = t.log.length;
      const heard = (await t.run(script)).split('\n')[0]!;
      if (typeof said === 'string') expect(heard).toBe(said);
      else expect(heard).toMatch(said);
      expect(t.page.fetched).toEqual([]);
      expect(t.page.navigations).toEqual([]);
      if (heard.startsWith('error permission denied')) expect(t.log.length).toBeGreaterThan(before);
      expect(await t.run('policy')).toBe(`ok ${policy}`);
    });
  });
}
