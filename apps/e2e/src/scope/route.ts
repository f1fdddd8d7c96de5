import type { Asker, Ruling, Target } from './oracle';

export interface Asked {
  path: string;
  body?: object;
}

/** One way to ask about one target. */
export interface Route extends Ruling {
  /** As the API's description spells it. */
  route: string;
  /** Tells two ways of asking by one route apart. */
  variant?: string;
  ask: (target: Target, asker: Asker) => Asked;
  /** Answers that are 403 or 404 though the target is in scope: the rule that refuses is about the target, not about where it stands. */
  within?: readonly string[];
  /** The in-scope answer of who is none of its makers would end somebody's session. */
  endsSessions?: true;
  /** A list that the target narrows: in scope it answers 200, out of scope like a target that does not exist. */
  list?: true;
  /** The list must have him in it. */
  finds?: true;
  /** Shows one sealed value in full. */
  unmasks?: true;
  /** Would be carried out if he asked it who may. */
  notBy?: (asker: Asker) => boolean;
}

export const id = (target: Target, name: string) => target.ids[name] ?? 'missing';
export const under =
  (prefix: string, name: string, rest = '') =>
  (target: Target): Asked => ({ path: `${prefix}/${id(target, name)}${rest}` });
export const sending = (at: (target: Target) => Asked, body: (target: Target, asker: Asker) => object) => {
  return (target: Target, asker: Asker): Asked => ({ ...at(target), body: body(target, asker) });
};
export const query =
  (path: string, name: string, key: string) =>
  (target: Target): Asked => ({
    path: `${path}${path.includes('?') ? '&' : '?'}${name}=${encodeURIComponent(id(target, key))}`,
  });

/** Well formed, and nobody's. */
export const ghostId = '019a0000-0000-7000-8000-00000000dead';
