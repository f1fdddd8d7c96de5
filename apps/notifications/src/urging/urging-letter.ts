import type { NoticeWords, Turn } from '@shidang/contracts';

/** What one reader is told, without any name of a person. */
export interface LetterFacts {
  readonly sender: string;
  readonly places: readonly { readonly name: string; readonly turn: Turn; readonly n: number }[];
  readonly words?: string | null;
  readonly dueOn?: string | null;
  readonly replyRequired: boolean;
  /** To a teacher about the own record. */
  readonly toTeacher: boolean;
}

const waits: Readonly<Record<Turn, (n: number) => NoticeWords>> = {
  teacher: (n) => ({ zh: `${n} 人待教师填报`, en: `${n} to be filled in by teachers` }),
  school: (n) => ({
    zh: `${n} 人待学校登记、审核或报送`,
    en: `${n} to be registered, reviewed or sent up by the school`,
  }),
  authority: (n) => ({ zh: `${n} 人待教育行政部门审核`, en: `${n} to be reviewed by the education authority` }),
  returned: (n) => ({ zh: `${n} 人退回后待修改`, en: `${n} returned and to be mended` }),
  nobody: () => ({ zh: '', en: '' }),
};

const chineseDay = (day: string): string => {
  const [year, month, date] = day.split('-').map(Number);
  return `${year}年${month}月${date}日`;
};

/** 工作方案 五(四): the words of a 督办, the same in the preview and at the recipient's. */
export function letterOf(facts: LetterFacts): NoticeWords {
  const { sender, words, dueOn, replyRequired } = facts;
  const [zhWhat, enWhat] = facts.toTeacher ? ofTeacher : backlogWords(facts.places);
  const zhDue = dueOn ? `请于${chineseDay(dueOn)}前办结` : '请尽快办理';
  const enDue = dueOn ? `Please settle it by ${dueOn}` : 'Please settle it soon';
  return {
    zh: `【督办】${sender}：${zhWhat}。${zhDue}${replyRequired ? '，并回复办理情况' : ''}。${words ? `附言：${words}` : ''}`,
    en: `[Urging] ${sender}: ${enWhat}. ${enDue}${replyRequired ? ' and answer' : ''}.${words ? ` ${words}` : ''}`,
  };
}

const ofTeacher = ['您的教师信息尚未填报完成并提交', 'your record has not been completed and submitted'] as const;

function backlogWords(places: LetterFacts['places']): readonly [zh: string, en: string] {
  const sums = new Map<Turn, number>();
  for (const { turn, n } of places) sums.set(turn, (sums.get(turn) ?? 0) + n);
  const names = [...new Set(places.map(({ name }) => name))];
  const lines = [...sums].map(([turn, n]) => waits[turn](n));
  const [zhWhere, enWhere] =
    names.length === 1 ? [names[0]!, names[0]!] : [`${names.length} 个机构`, `${names.length} organisations`];
  return [
    `${zhWhere}尚有 ${lines.map(({ zh }) => zh).join('、')}`,
    `${enWhere}: ${lines.map(({ en }) => en).join(', ')}`,
  ];
}
