import { defineWords, useWords, type Say, type Texts } from '@shidang/web-kit';
import { actionNames, flaws, nouns, verbs } from './words';

const order = defineWords('audit-order', { action: ['{{verb}}{{noun}}', '{{verb}} {{noun}}'] });

const known = <K extends string>(texts: Texts<K>, say: Say<K>, key: string): string | undefined =>
  texts.keys.some((each) => each === key) ? say(key as K) : undefined;

/** `records.entry.patch` → 修改信息行; `teacher:0198…` → 教师档案 0198…. What has no words is shown as it is. */
export function useAuditWords() {
  const [t, noun, verb, whole] = [useWords(order), useWords(nouns), useWords(verbs), useWords(actionNames)];
  const flaw = useWords(flaws);
  return {
    action: (name: string): string => {
      const sentence = known(actionNames, whole, name);
      if (sentence) return sentence;
      const [, what = '', how = ''] = name.split('.');
      const [n, v] = [known(nouns, noun, what), known(verbs, verb, how)];
      return n && v ? t('action', { verb: v, noun: n }) : name;
    },
    object: (object: string, label?: string): string => {
      const [kind = '', id = ''] = object.split(':');
      const word = known(nouns, noun, kind);
      return word ? `${word} ${label ?? id}` : object;
    },
    flaw: (why: string): string => known(flaws, flaw, why) ?? why,
  };
}
