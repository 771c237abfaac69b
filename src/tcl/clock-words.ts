/** The words of dates: days, months and the abbreviations of time zones that scanning knows. Answers to clock.tcl and tclGetDate.y. */

export const DAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');
export const MONTHS = 'January February March April May June July August September October November December'.split(' ');

export interface ZoneWord {
  /** Hours east of Greenwich, without daylight saving time. */
  readonly hours: number;
  readonly daylight: boolean;
}

const ZONES = new Map(
  (
    '0 gmt ut utc uct wet,0d bst,-1 wat,-2 at,-3.5 nft nst,-3.5d ndt,-4 ast,-4d adt,-5 est,-5d edt,-6 cst,-6d cdt,-7 mst,-7d mdt,-8 pst,' +
    '-8d pdt,-9 yst,-9d ydt,-10 hst cat ahst,-10d hdt,-11 nt,-12 idlw,1 cet met mewt swt fwt,1d cest mest sst fst,2 eet,2d eest,3 bt,' +
    '3.5 it,4 zp4,5 zp5,5.5 ist,6 zp6,7 wast,7d wadt,7.5 jt,8 cct,9 jst kst,9d jdt kdt,9.5 cast,9.5d cadt,10 east gst,10d eadt,' +
    '12 nzt nzst idle,12d nzdt'
  )
    .split(',')
    .flatMap((group) => {
      const [offset, ...names] = group.split(' ');
      const zone: ZoneWord = { hours: Number.parseFloat(offset!), daylight: offset!.endsWith('d') };
      return names.map((name): [string, ZoneWord] => [name, zone]);
    }),
);

/** The zone of an abbreviation in small letters. */
export function zoneWord(name: string): ZoneWord | undefined {
  return ZONES.get(name);
}

/** The zone of one letter, as the military have it. */
export function letterZone(letter: string): ZoneWord | undefined {
  const at = letter.length === 1 ? 'yxwvutsrqponzabcdefghiklm'.indexOf(letter) : -1;
  return at < 0 ? undefined : { hours: at - 12, daylight: false };
}
