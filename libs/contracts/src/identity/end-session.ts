import { IsString } from 'class-validator';
import { request } from '../contract';
import { Done } from '../page';

export class EndSession {
  /** The session's own token, filled in by the gateway. */
  @IsString() token!: string;
}

export const endSession = request('identity.session.end', {
  permission: 'self.session',
  effect: 'write',
  request: EndSession,
  reply: Done,
  replay: 'never',
});
