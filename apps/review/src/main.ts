import 'reflect-metadata';
import { runService } from '@shidang/service-host';
import { reviewService } from './review.service';

void runService(reviewService);
