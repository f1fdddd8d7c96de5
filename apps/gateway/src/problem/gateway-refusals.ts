import { refusal } from '@shidang/contracts';

/** What the door itself says no to; everything else is a service's word. */
export const gatewayRefusals = {
  csrf: refusal(
    'gateway.csrf_token_missing',
    'forbidden',
    '请求缺少有效的 x-csrf-token（取自 Cookie shidang_csrf），请刷新页面后重试',
    'Send x-csrf-token with the value of the cookie shidang_csrf; reload the page and retry',
  ),
  bodyTooLarge: refusal<{ limit: string }>(
    'gateway.body_too_large',
    'too_large',
    '请求内容超过 {limit}，请分几次提交',
    'The request body is larger than {limit}; send it in parts',
  ),
  mediaType: refusal<{ wanted: string }>(
    'gateway.unsupported_media_type',
    'unsupported',
    '请求内容的类型应为 {wanted}',
    'Send the body as {wanted}',
  ),
  fileMissing: refusal(
    'gateway.file_missing',
    'malformed',
    '请以 multipart/form-data 上传一个名为 file 的文件',
    'Upload one file as multipart/form-data, in a part called "file"',
  ),
  tooManyStreams: refusal<{ most: number }>(
    'gateway.too_many_streams',
    'too_many',
    '同一登录最多同时打开 {most} 个实时更新，请关闭不用的页面',
    'One session keeps at most {most} event streams open; close pages you do not use',
  ),
  overloaded: refusal(
    'gateway.overloaded',
    'unavailable',
    '当前访问量较大，请稍后重试；本次请求未作任何处理',
    'The system is busy, please retry shortly; nothing was done with this request',
  ),
  tooManyRequests: refusal<{ retryAfter: number }>(
    'gateway.too_many_requests',
    'too_many',
    '请求过于频繁，请在 {retryAfter} 秒后重试',
    'Too many requests, please retry in {retryAfter} seconds',
  ),
  uploadsBusy: refusal(
    'gateway.uploads_busy',
    'unavailable',
    '正在接收的文件较多，请稍后重试',
    'Too many files are being received, retry shortly',
  ),
};
