import type { ApiDocument, ApiOperation, ApiRef, ApiSchema } from './api-document';
import { escaped, page } from './html';

const nameIn = (ref: string): string => ref.slice(ref.lastIndexOf('/') + 1);

/** What a reference stands for; itself when it is none. */
function resolved<T extends object>(part: T | ApiRef, among: Record<string, T> | undefined): T | undefined {
  return '$ref' in part && typeof part.$ref === 'string' ? among?.[nameIn(part.$ref)] : (part as T);
}

/** A type in a few characters: `uuid`, `AccountView[]`, `"approve" | "return"`. */
export function wordsFor(schema: ApiSchema | undefined): string {
  if (!schema) return '';
  if (schema.$ref) return `<a href="#${escaped(nameIn(schema.$ref))}">${escaped(nameIn(schema.$ref))}</a>`;
  if (schema.enum) return escaped(schema.enum.map((value) => JSON.stringify(value)).join(' | '));
  if (schema.type === 'array') return `${wordsFor(schema.items)}[]`;
  if (schema.oneOf) return schema.oneOf.map(wordsFor).join(' | ');
  const bounds = ['minimum', 'maximum', 'minLength', 'maxLength']
    .filter((rule) => schema[rule] !== undefined)
    .map((rule) => `${rule} ${String(schema[rule])}`);
  const kind = schema.format ?? schema.type ?? 'any';
  return escaped([kind, schema.pattern && `/${schema.pattern}/`, ...bounds].filter(Boolean).join(', '));
}

const fieldRow = (name: string, required: boolean, schema: ApiSchema, where = ''): string =>
  `<tr><td><code>${escaped(name)}</code>${required ? '' : ' ?'}</td><td><code>${wordsFor(schema)}</code></td><td>${escaped([where, schema.description].filter(Boolean).join(' · '))}</td></tr>`;

const table = (rows: string[]): string =>
  rows.length === 0
    ? ''
    : `<table><thead><tr><th>name</th><th>type</th><th></th></tr></thead><tbody>${rows.join('')}</tbody></table>`;

const contentWords = (content: Record<string, { schema?: ApiSchema }> | undefined): string =>
  Object.entries(content ?? {})
    .map(([type, { schema }]) => `<code>${wordsFor(schema)}</code> <small>${escaped(type)}</small>`)
    .join(', ');

function operation(document: ApiDocument, path: string, method: string, described: ApiOperation): string {
  const parameters = (described.parameters ?? [])
    .flatMap((parameter) => resolved(parameter, document.components?.parameters) ?? [])
    .map((p) => fieldRow(p.name, p.required ?? false, { description: p.description, ...p.schema }, p.in));
  const answers = Object.entries(described.responses).map(([status, response]) => {
    const answer = resolved(response, document.components?.responses);
    return `<li>${escaped(status)} ${escaped(answer?.description)} ${contentWords(answer?.content)}</li>`;
  });
  const body = contentWords(described.requestBody?.content);
  return `<details id="${escaped(described.operationId)}"><summary><span class="method">${escaped(method.toUpperCase())}</span> <code>${escaped(path)}</code> ${escaped(described.summary)}</summary>
<p>${escaped(described.description)}</p>
${table(parameters)}
${body ? `<p>body: ${body}</p>` : ''}
<ul>${answers.join('')}</ul></details>`;
}

function operationsOf(document: ApiDocument, tag: string): string {
  return Object.entries(document.paths)
    .flatMap(([path, methods]) =>
      Object.entries(methods)
        .filter(([, described]) => described.tags?.includes(tag))
        .map(([method, described]) => operation(document, path, method, described)),
    )
    .join('\n');
}

function schemas(document: ApiDocument): string {
  return Object.entries(document.components?.schemas ?? {})
    .map(([name, schema]) => {
      const rows = Object.entries(schema.properties ?? {}).map(([property, of]) =>
        fieldRow(property, schema.required?.includes(property) ?? false, of),
      );
      return `<details id="${escaped(name)}"><summary><code>${escaped(name)}</code> ${escaped(schema.description)}</summary>${table(rows)}</details>`;
    })
    .join('\n');
}

/** The committed document as one page that needs neither script nor network. */
export function docsPage(document: ApiDocument): string {
  const tags = document.tags ?? [];
  const contents = tags.map(({ name }) => `<li><a href="#tag-${escaped(name)}">${escaped(name)}</a></li>`).join('');
  const areas = tags.map(
    ({ name, description }) =>
      `<h2 id="tag-${escaped(name)}">${escaped(name)} ${escaped(description)}</h2>\n${operationsOf(document, name)}`,
  );
  return page(
    document.info?.title ?? 'API',
    `<h1>${escaped(document.info?.title)} <small>${escaped(document.info?.version)}</small></h1>
<p>${escaped(document.info?.description)}</p>
<p><a href="/api/openapi.json">openapi.json</a> · <a href="/docs/refusals">拒绝代码 · refusals</a></p>
<nav><ul>${contents}<li><a href="#schemas">schemas</a></li></ul></nav>
${areas.join('\n')}
<h2 id="schemas">schemas</h2>
${schemas(document)}`,
  );
}
