import { Type } from 'class-transformer';
import { IsOptional, IsString, IsUUID, ValidateNested } from 'class-validator';
import { request } from '../contract';
import { Nothing } from '../page';
import { AccountView, PostView } from './fields';

export class Me {
  @ValidateNested() @Type(() => AccountView) account!: AccountView;
  @IsUUID() personId!: string;
  @IsOptional() @IsString() name?: string;
  @ValidateNested() @Type(() => PostView) post!: PostView;
}

export const readMe = request('identity.me.read', {
  permission: 'self.session',
  effect: 'read',
  request: Nothing,
  reply: Me,
});
