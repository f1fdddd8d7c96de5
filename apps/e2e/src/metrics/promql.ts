import { parser } from '@prometheus-io/lezer-promql';

type SyntaxNode = ReturnType<typeof parser.parse>['topNode'];

/** One metric an expression asks for, with the labels it must have: those matched, and those grouped by around it. */
export interface Selected {
  readonly metric: string;
  readonly labels: readonly string[];
}

/** Grafana puts the interval of the panel in. */
const withoutMacros = (expression: string): string => expression.replaceAll('$__rate_interval', '5m');

function all(node: SyntaxNode, name: string): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  node.cursor().iterate((each) => void (each.name === name && found.push(each.node)));
  return found;
}

/** Metrics and labels of a PromQL expression. @throws when it is none. */
export function selectedIn(expression: string): Selected[] {
  const text = withoutMacros(expression);
  const tree = parser.parse(text);
  tree.iterate({
    enter(node) {
      if (node.type.isError) throw new Error(`no PromQL at ${node.from}: ${text}`);
    },
  });
  const word = (node: SyntaxNode) => text.slice(node.from, node.to);
  const groupedAround = (selector: SyntaxNode): string[] => {
    const labels: string[] = [];
    for (let at: SyntaxNode | null = selector; at; at = at.parent)
      if (at.name === 'AggregateExpr')
        for (const grouping of all(at, 'GroupingLabels'))
          if (grouping.parent?.parent?.from === at.from) labels.push(...all(grouping, 'LabelName').map(word));
    return labels;
  };
  return all(tree.topNode, 'VectorSelector').map((selector) => {
    const [identifier] = all(selector, 'Identifier');
    if (!identifier) throw new Error(`a selector without a metric: ${text}`);
    const matched = all(selector, 'LabelName').map(word);
    return { metric: word(identifier), labels: [...new Set([...matched, ...groupedAround(selector)])] };
  });
}
