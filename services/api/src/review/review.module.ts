import { Module } from '@nestjs/common';
import { CaseReviewsResolver } from './case-reviews.resolver.ts';
import { ReviewResolver } from './review.resolver.ts';

@Module({ providers: [ReviewResolver, CaseReviewsResolver] })
export class ReviewModule {}
