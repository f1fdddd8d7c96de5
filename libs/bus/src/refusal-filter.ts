import { commonRefusals, Refusal } from '@shidang/contracts';
import { Catch, Logger, type ExceptionFilter } from '@nestjs/common';
import { throwError, type Observable } from 'rxjs';
import { currentCall } from './call';
import { faultWords, isOutage, isOutOfTime } from './fault-words';

/**
 * A refusal crosses as its body; a fault crosses as nothing but the fact that it happened. A database that is away, full or too
 * slow at the moment is neither: whoever asked may ask again, under the same key.
 */
@Catch()
export class RefusalFilter implements ExceptionFilter {
  private readonly logger = new Logger('Fault');

  catch(error: unknown): Observable<never> {
    if (error instanceof Refusal) return throwError(() => ({ refusal: error.body }));
    const { words, frames } = faultWords(error);
    if (isOutage(error) || isOutOfTime(error)) {
      this.logger.warn({ unavailable: words, contract: currentCall()?.contract });
      return throwError(() => ({ refusal: commonRefusals.unavailable({}).body }));
    }
    this.logger.error({ fault: words, frames, contract: currentCall()?.contract });
    return throwError(() => ({ fault: true }));
  }
}
