/** Both pages; colours keep a contrast of at least 4.5:1 in light and dark. */
export const docsStyle = `:root { color-scheme: light dark; --line: #8884; --soft: #8881; --link: #0958d9 }
@media (prefers-color-scheme: dark) { :root { --link: #69b1ff } }
* { box-sizing: border-box }
body { font: 15px/1.6 system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans SC', sans-serif; margin: 0 auto; padding: 1rem; max-width: 70rem }
a { color: var(--link) }
nav ul { columns: 14rem; padding-left: 1.2rem }
h2 { border-bottom: 1px solid var(--line); padding-bottom: .2rem; margin-top: 2.5rem }
details { border: 1px solid var(--line); border-radius: 6px; margin: .4rem 0; padding: .3rem .8rem }
summary { cursor: pointer }
code { font-family: ui-monospace, Menlo, Consolas, monospace; font-size: .92em; overflow-wrap: anywhere }
.method { display: inline-block; min-width: 4.2rem; font-weight: 700 }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 }
th, td { text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); padding: .25rem .5rem }
th { background: var(--soft) }
tr:target, details:target { outline: 2px solid var(--link) }
`;
