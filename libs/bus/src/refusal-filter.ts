import { Refusal } from '@shidang/contracts';
import { Catch, Logger, type ExceptionFilter } from '@nestjs/common';
import { throwError, type Observable } from 'rxjs';
import { currentCall } from './call';
import { faultWords } from './fault-words';

/** A refusal crosses as its body; a fault crosses as nothing but the fact that it happened. */
@Catch()
export class RefusalFilter implements ExceptionFilter {
  private readonly logger = new Logger('Fault');

  catch(error: unknown): Observable<never> {
    if (error instanceof Refusal) return throwError(() => ({ refusal: error.body }));
    const { words, frames } = faultWords(error);
    this.logger.error({ fault: words, frames, contract: currentCall()?.contract });
    return throwError(() => ({ fault: true }));
  }
}
