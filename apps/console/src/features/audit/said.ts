import { defineWords, say, useWords, type Say, type Texts } from '@shidang/web-kit';
import { actionNames, nouns, systemActions, verbs } from './action-words';
import type { AuditEvent } from './merged-trails';
import { flaws } from './words';

const order = defineWords('audit-order', { action: ['{{verb}}{{noun}}', '{{verb}} {{noun}}'] });

/** The name of a contract in words: a sentence of its own, or its verb and noun; undefined where one is missing. */
export const actionSaid = (name: string): string | undefined => {
  const whole =
    known(actionNames, (key) => say(actionNames, key), name) ??
    known(systemActions, (key) => say(systemActions, key), name);
  if (whole) return whole;
  const [, what = '', how = ''] = name.split('.');
  const noun = known(nouns, (key) => say(nouns, key), what);
  const verb = known(verbs, (key) => say(verbs, key), how);
  return noun && verb ? say(order, 'action', { verb, noun }) : undefined;
};

const known = <K extends string>(texts: Texts<K>, say: Say<K>, key: string): string | undefined =>
  texts.keys.some((each) => each === key) ? say(key as K) : undefined;

/** Done without a caller, by whom the event is about: he is logged in only by it. */
const byItself = new Set(['identity.session.create', 'identity.activation.redeem']);

/** Who did it where there was no caller; never who only had it done to him, a stranger who guesses passwords among others. */
export const saidOfItself = ({ action, result, objectLabel }: Pick<AuditEvent, 'action' | 'result' | 'objectLabel'>) =>
  byItself.has(action) && result === 'done' ? objectLabel : undefined;

/** `records.entry.patch` → 修改信息行; `teacher:0198…` → 教师档案 0198…. What has no words is shown as it is. */
export function useAuditWords() {
  const noun = useWords(nouns);
  const flaw = useWords(flaws);
  return {
    action: (name: string): string => actionSaid(name) ?? name,
    object: (object: string, label?: string): string => {
      const [kind = '', id = ''] = object.split(':');
      const word = known(nouns, noun, kind);
      return word ? `${word} ${label ?? id}` : object;
    },
    flaw: (why: string): string => known(flaws, flaw, why) ?? why,
  };
}
