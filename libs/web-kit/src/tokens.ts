/** Colours with their contrast on white: text needs 4.5:1 (WCAG 2.2 AA, GB/T 37668). */
export const tokens = {
  primary: '#0958d9', // 6.3
  primaryHover: '#1a66dc', // 5.3
  error: '#cf1322', // 5.6
  success: '#237804', // 5.6
  warning: '#ad6800', // 4.6
  text: '#1f1f1f', // 16.5
  textQuiet: '#595959', // 7.0
  border: '#8c8c8c', // 3.4: edges of inputs need 3:1
  ground: '#f5f5f5',
} as const;

/** System fonts first; 思源黑体 behind them for the rare characters of names. */
export const fontFamily =
  "system-ui, -apple-system, 'Segoe UI', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Source Han Sans SC', 'Noto Sans SC', 'Noto Serif CJK SC', sans-serif";
