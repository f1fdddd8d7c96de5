import { batchOf, tickOf, toggled, type Ticks } from './ticks';

const place = (organisation: string) => ({
  organisation,
  organisationName: `${organisation}教育局`,
  tier: 'county' as const,
  roles: [],
});
const none: Ticks = new Map();

describe('ticked cells', () => {
  const [own, a, b] = [place('331100'), place('331102'), place('331121')];

  it('become one batch: the role ticked most, the others beside it', () => {
    const cells = [tickOf(own, 'auditor'), tickOf(a, 'systemAdministrator'), tickOf(b, 'systemAdministrator')];
    expect(batchOf(toggled(none, cells, true))).toEqual({
      role: 'systemAdministrator',
      organisations: ['331102', '331121'],
      also: [{ organisation: '331100', role: 'auditor' }],
    });
  });

  it('are ticked once, however often, and unticked alone', () => {
    const twice = toggled(
      toggled(none, [tickOf(a, 'auditor')], true),
      [tickOf(a, 'auditor'), tickOf(b, 'auditor')],
      true,
    );
    expect(twice.size).toBe(2);
    expect([...toggled(twice, [tickOf(a, 'auditor')], false).values()]).toEqual([tickOf(b, 'auditor')]);
  });
});
