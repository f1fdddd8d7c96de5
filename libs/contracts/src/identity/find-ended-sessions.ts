import { ArrayMaxSize, IsArray, IsInt, IsString, MaxLength } from 'class-validator';
import { internal } from '../contract';

/** Most sessions asked about at once. */
export const mostWatchedSessions = 500;

/** Asked for all open event streams of a gateway together; being asked does not count as use, so idle time runs on. */
export class FindEndedSessions {
  @IsArray()
  @ArrayMaxSize(mostWatchedSessions)
  @IsString({ each: true })
  @MaxLength(128, { each: true })
  tokens!: string[];
}

export class EndedSessions {
  /** Places in `tokens` of those nobody may use any more. */
  @IsArray() @IsInt({ each: true }) ended!: number[];
}

export const findEndedSessions = internal('identity.session.find-ended', {
  from: ['gateway'],
  effect: 'read',
  request: FindEndedSessions,
  reply: EndedSessions,
});
