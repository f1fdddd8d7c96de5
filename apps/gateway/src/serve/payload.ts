import { commonRefusals, type Finding, type RequestContract } from '@shidang/contracts';
import { isSoundText } from '../body/strict-json';

/** What an HTTP request carries, wherever it stands. */
export interface Carried {
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

const bodied = new Set(['POST', 'PUT', 'PATCH']);

const notHere = (name: string): Finding => ({
  pointer: `/${name}`,
  field: name,
  code: 'request.unknown_property',
  detail: `不认识的字段 ${name}`,
  detailEn: `${name} is not known here`,
});

function refuse(findings: Finding[]): never {
  const fields = findings.map(({ pointer }) => pointer ?? '').join(', ');
  throw commonRefusals.malformed({ fields }).with(findings);
}

function fieldsOf(body: unknown): Record<string, unknown> {
  if (body === undefined) return {};
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Record<string, unknown>;
  return refuse([
    { pointer: '', code: 'request.not_an_object', detail: '内容应为 JSON 对象', detailEn: 'send a JSON object' },
  ]);
}

/** A query is text; the payload class says what it stands for. What does not fit is passed on and refused there. */
function typed(contract: RequestContract, name: string, value: unknown): unknown {
  const kind: unknown = Reflect.getMetadata('design:type', contract.request.prototype as object, name);
  if (kind === Array) return Array.isArray(value) ? value : [value];
  if (typeof value !== 'string') return value;
  if (kind === Number && /^-?\d+(\.\d+)?$/.test(value)) return Number(value);
  if (kind === Boolean && (value === 'true' || value === 'false')) return value === 'true';
  return value;
}

function checkTexts(texts: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(texts)) {
    if ([name, value].flat().some((text) => !isSoundText(String(text)))) {
      refuse([
        {
          pointer: `/${name}`,
          code: 'request.unsound_text',
          detail: '文字含有空字符或不完整的字符',
          detailEn: 'the text contains NUL or half a character',
        },
      ]);
    }
  }
}

/**
 * Path, query and body become one payload by name; the service's allow-list (A5) has the last word. A name that stands
 * in the path, or that the gateway fills, is refused in the body instead of overruled.
 */
export function payloadOf(contract: RequestContract, fills: readonly string[], carried: Carried): object {
  const { method, params, query, body } = carried;
  checkTexts(params);
  checkTexts(query);
  const sent = bodied.has(method) ? fieldsOf(body) : query;
  const surplus = Object.keys(sent).filter((name) => name in params || fills.includes(name));
  if (bodied.has(method)) surplus.push(...Object.keys(query));
  if (surplus.length > 0) refuse(surplus.map(notHere));
  if (bodied.has(method)) return { ...sent, ...params };
  const asked = Object.entries(sent).map(([name, value]) => [name, typed(contract, name, value)] as const);
  return { ...Object.fromEntries(asked), ...params };
}
