/** ESLint rules of this house: names. architecture: a function without a home means a concept without a name. */

const homeless = new Set([
  'common',
  'shared',
  'core',
  'util',
  'utils',
  'helper',
  'helpers',
  'type',
  'types',
  'interface',
  'interfaces',
  'constant',
  'constants',
  'misc',
  'lib',
]);
const suffixes = ['Manager', 'Helper', 'Helpers', 'Util', 'Utils', 'Data', 'Info', 'Impl', 'Base', 'Processor', 'Dto'];
const kebab = /^[a-z0-9]+(-[a-z0-9]+)*$/;

const relativeTo = (root, path) => path.replace(`${root}/`, '').replace(/^\.\//, '');

/** Every folder and file below apps, libs and tools is kebab-case and named for a concept. */
const fileNames = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      homeless: '"{{name}}" says nothing: name the folder or file for the concept it holds',
      kebab: '"{{name}}" is not kebab-case',
    },
  },
  create(context) {
    return {
      Program(node) {
        const [, ...parts] = relativeTo(context.cwd, context.filename).split('/');
        for (const part of parts) {
          // `decide-case.int-spec.ts` has the name `decide-case` and the kinds `int-spec`, `ts`.
          for (const name of part.split('.')) {
            if (homeless.has(name)) context.report({ node, messageId: 'homeless', data: { name } });
            else if (!kebab.test(name)) context.report({ node, messageId: 'kebab', data: { name } });
          }
        }
      },
    };
  },
};

/** Classes, interfaces and types carry the name of a thing of the domain, not of a pattern. */
const typeNames = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      suffix: '{{name}}: "{{suffix}}" is not a concept; say what it knows or does',
      prefix: '{{name}}: no I before an interface',
    },
  },
  create(context) {
    const check = ({ id }) => {
      if (!id) return;
      const suffix = suffixes.find((word) => id.name.endsWith(word) && id.name !== word);
      if (suffix) context.report({ node: id, messageId: 'suffix', data: { name: id.name, suffix } });
      if (/^I[A-Z][a-z]/.test(id.name)) context.report({ node: id, messageId: 'prefix', data: { name: id.name } });
    };
    return { ClassDeclaration: check, TSInterfaceDeclaration: check, TSTypeAliasDeclaration: check };
  },
};

/** What people see or hear of a component; `alt=""` and codes such as `href` are not among them. */
const spoken = new Set([
  'title',
  'label',
  'placeholder',
  'aria-label',
  'alt',
  'description',
  'subTitle',
  'okText',
  'cancelText',
]);
const hasWords = (text) => /\p{L}/u.test(text);

/** Text for users stands in `defineWords`, Chinese and English side by side, never in JSX; Chinese stands nowhere else either. */
const wordsInJsx = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { words: '"{{text}}": text for users belongs into defineWords, in both languages' },
  },
  create(context) {
    const refuse = (node, text) => {
      const shown = text.trim();
      if (hasWords(shown)) context.report({ node, messageId: 'words', data: { text: shown.slice(0, 40) } });
    };
    // a key is called what stands on it, in every language
    const isKey = (element) => element.type === 'JSXElement' && element.openingElement.name.name === 'kbd';
    return {
      JSXText: (node) => {
        if (!isKey(node.parent)) refuse(node, node.value);
      },
      'JSXExpressionContainer > Literal': (node) => {
        const outside = node.parent.parent;
        if (outside.type === 'JSXElement' && !isKey(outside) && typeof node.value === 'string')
          refuse(node, node.value);
      },
      'JSXAttribute > Literal': (node) => {
        if (spoken.has(node.parent.name.name) && typeof node.value === 'string') refuse(node, node.value);
      },
    };
  },
};

export default { rules: { 'file-names': fileNames, 'type-names': typeNames, 'words-in-jsx': wordsInJsx } };
