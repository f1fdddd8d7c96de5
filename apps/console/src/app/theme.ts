import { fontFamily, tokens } from '@shidang/web-kit';
import type { ThemeConfig } from 'antd';

/** antd in our tokens: every grey that carries text has at least 4.5:1. */
export const theme: ThemeConfig = {
  token: {
    colorPrimary: tokens.primary,
    colorLink: tokens.primary,
    colorInfo: tokens.primary,
    colorError: tokens.error,
    colorSuccess: tokens.success,
    colorWarning: tokens.warning,
    // grounds of alerts: antd would derive greyish ones from our darker colours
    colorSuccessBg: '#f6ffed',
    colorWarningBg: '#fffbe6',
    colorErrorBg: '#fff1f0',
    colorInfoBg: '#e6f4ff',
    // what is pointed at: antd would derive 4.2:1 for buttons and 2.7:1 for links
    colorPrimaryHover: tokens.primaryHover,
    colorPrimaryTextHover: tokens.primaryHover,
    colorInfoTextHover: tokens.primaryHover,
    colorLinkHover: tokens.primaryHover,
    colorText: tokens.text,
    colorTextSecondary: tokens.textQuiet,
    colorTextTertiary: tokens.textQuiet,
    colorTextDescription: tokens.textQuiet,
    colorTextPlaceholder: '#6b6b6b',
    colorTextHeading: tokens.text,
    fontFamily,
    borderRadius: 4,
    motion: false,
  },
  components: {
    Layout: { headerBg: '#ffffff', siderBg: '#ffffff', headerHeight: 52, headerPadding: '0 16px' },
    Table: { headerBg: '#f0f3f8', cellPaddingBlock: 8, cellPaddingInline: 10 },
  },
};
