import { defineWords, doorTexts } from '@shidang/web-kit';

export const words = defineWords('console', {
  ...doorTexts,
  forbidden: ['您的岗位不能使用此页面', 'Your post may not use this page'],
  forbiddenWhy: [
    '需要的权限：{{permissions}}。当前岗位：{{post}}。',
    'It needs: {{permissions}}. Your post: {{post}}.',
  ],
  goHome: ['回到工作台', 'Go to the workbench'],
  menu: ['主菜单', 'Main menu'],
  group_today: ['今日', 'Today'],
  group_records: ['信息采集', 'Records'],
  group_supervision: ['督办与报表', 'Supervision'],
  group_administration: ['机构与账号', 'Administration'],
  skip: ['跳到正文', 'Skip to content'],
  help: ['快捷键', 'Keys'],
  keysTitle: ['本页快捷键', 'Keys on this page'],
  keyTab: ['到下一个可操作的位置；Shift+Tab 返回上一个', 'To the next thing to use; Shift+Tab goes back'],
  keyEnter: ['打开链接、按下按钮、确认对话框', 'Open a link, press a button, confirm a dialog'],
  keyEscape: ['关闭对话框或下拉列表', 'Close a dialog or a list of choices'],
  openMenu: ['{{name}}，账号菜单', '{{name}}, account menu'],
  previousPage: ['上一页', 'Previous'],
  nextPage: ['下一页', 'Next'],
  total: ['共 {{count}} 条', '{{count}} in all'],
  totalAbout: ['约 {{count}} 条', 'about {{count}}'],
  perPage: ['每页 {{count}} 条', '{{count}} per page'],
  pageSize: ['每页条数', 'Rows per page'],
  tier_central: ['中央', 'Central'],
  tier_province: ['省级', 'Province'],
  tier_city: ['市级', 'City'],
  tier_county: ['县级', 'County'],
  tier_school: ['学校', 'School'],
});

export type ConsoleKey = (typeof words.keys)[number];
