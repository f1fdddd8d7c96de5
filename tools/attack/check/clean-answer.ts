import { bodyOf, type Answer, type Asked } from '../door/ask';
import type { Violation } from './violation';

const traces: readonly (readonly [string, RegExp])[] = [
  ['a stack', /\bat (?:async )?[\w.$<> [\]]+ ?\(?(?:file:\/\/|node:|\/)[^\s)]*:\d+:\d+/],
  ['a stack', /node:internal|node_modules[\\/]|\bat Object\.<anonymous>/],
  ['SQL', /\b(?:select|delete)\b[^"]{1,200}\bfrom\b|\binsert\s+into\b|\bupdate\b[^"]{1,80}\bset\b[^"]{1,40}=/i],
  [
    'SQL',
    /syntax error at or near|invalid input syntax|violates [\w-]+ constraint|duplicate key value|relation "|SQLSTATE|\bpg_\w+|DriverException|QueryFailed|mikro-?orm/i,
  ],
  ['a path', /(?:^|[\s"'(=])\/(?:home|root|tmp|usr|var|etc|opt|srv|proc|app|mnt)\/[\w.-]+/],
  ['a path', /[\w-]+\/(?:dist|src)\/[\w/.-]+\.(?:js|ts)\b/],
  [
    'an inner word',
    /TypeError|ReferenceError|RangeError|SyntaxError|ECONNREFUSED|ENOENT|\bundefined is not|Cannot read propert/,
  ],
];

/** Everything that was sent, readable: what an answer merely repeats is no leak. */
function sentWords({ path, headers, body }: Asked): string {
  const plain = (text: string): string => {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  };
  const text = body?.toString() ?? '';
  return [path, plain(path), JSON.stringify(headers ?? {}), text, text.replaceAll('\\/', '/')].join('\n');
}

export function lookInside(asked: Asked, text: string): string[] {
  let sent: string | undefined;
  return traces.flatMap(([what, pattern]) => {
    const [found] = pattern.exec(text) ?? [];
    if (found === undefined) return [];
    sent ??= sentWords(asked);
    return sent.includes(found.trim()) ? [] : [`${what} stands in the answer: ${found.trim().slice(0, 120)}`];
  });
}

/** What is wrong with a "no" as a "no": every refusal is problem+json with a documented code, its status and a trace. */
function asProblem(answer: Answer, documented: ReadonlySet<string>): string[] {
  const { status, headers } = answer;
  if (status < 400) return [];
  if (!/^application\/problem\+json/.test(headers['content-type'] ?? ''))
    return [`${status} as ${headers['content-type'] ?? 'nothing'}, not as a problem`];
  const body = bodyOf(answer);
  const wrong: string[] = [];
  if (body['status'] !== status) wrong.push(`${status} whose body says ${String(body['status'])}`);
  if (!documented.has(String(body['code']))) wrong.push(`the code ${String(body['code'])} is documented nowhere`);
  if (!/^[0-9a-f]{32}$/.test(String(body['traceId']))) wrong.push('a problem without a trace');
  if (!String(body['detail'] ?? '').trim()) wrong.push('a problem without words');
  return wrong;
}

/**
 * What no answer may be, whatever was asked: a fault, a stack, SQL, a path of the server, a "no" without form.
 * `isCertain`: the request cannot be right, so that a 2xx is wrong too.
 */
export function cleanAnswer(
  asked: Asked & { readonly says: string; readonly isCertain: boolean },
  answer: Answer,
  documented: ReadonlySet<string>,
): Violation[] {
  const { status, headers, text } = answer;
  const wrong: string[] = [];
  if (status === 0) wrong.push(`no answer: ${text}`);
  else if (status >= 500) wrong.push(`${status} ${text.slice(0, 200)}`);
  else {
    if (asked.isCertain && status < 400) wrong.push(`${status}: it was taken`);
    if (headers['x-content-type-options'] !== 'nosniff') wrong.push('without x-content-type-options');
    if (asked.method !== 'HEAD') wrong.push(...asProblem(answer, documented));
  }
  wrong.push(...lookInside(asked, text));
  return wrong.map((says) => ({ check: 'clean-answer', says: `${asked.says}: ${says}`, asked: shown(asked) }));
}

/** Short enough to read, long enough to send again; tokens left out. */
export function shown({ method, path, headers = {}, body }: Asked): string {
  const { authorization: _, ...rest } = headers;
  return `${method} ${path} ${JSON.stringify(rest)} ${body?.subarray(0, 2_000).toString() ?? ''}`.trim();
}
