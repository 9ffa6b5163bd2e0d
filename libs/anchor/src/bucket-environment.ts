import { z } from 'zod';
import type { BucketAccess } from './open-anchor.ts';

/** Access to a bucket in the environment, under the names that S3's own tools use. */
export const bucketFields: {
  readonly AWS_REGION: z.ZodType<string>;
  readonly AWS_ACCESS_KEY_ID: z.ZodType<string | undefined>;
  readonly AWS_SECRET_ACCESS_KEY: z.ZodType<string | undefined>;
  readonly AWS_SESSION_TOKEN: z.ZodType<string | undefined>;
} = {
  AWS_REGION: z.string().min(1).default('us-east-1'),
  AWS_ACCESS_KEY_ID: z.string().min(1).optional(),
  AWS_SECRET_ACCESS_KEY: z.string().min(1).optional(),
  AWS_SESSION_TOKEN: z.string().min(1).optional(),
};

export interface BucketVariables {
  readonly AWS_REGION: string;
  readonly AWS_ACCESS_KEY_ID?: string | undefined;
  readonly AWS_SECRET_ACCESS_KEY?: string | undefined;
  readonly AWS_SESSION_TOKEN?: string | undefined;
}

/** Undefined where id or secret of the key are missing. */
export function bucketAccessOf(read: BucketVariables): BucketAccess | undefined {
  const { AWS_REGION: region, AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = read;
  if (accessKeyId === undefined || secretAccessKey === undefined) return undefined;
  return { region, accessKeyId, secretAccessKey, sessionToken: read.AWS_SESSION_TOKEN };
}
