import { z } from 'zod';

/** Of each answer of Jira just the fields that are used. https://developer.atlassian.com/cloud/jira/platform/rest/v3/ */

const text = z.string().nullish();
const rowSchema = z.looseObject({ id: z.string(), key: z.string(), fields: z.looseObject({ created: text, updated: text }).nullish() });
export type FoundIssue = z.infer<typeof rowSchema>;
export const searchSchema = z.looseObject({
  issues: z.array(rowSchema),
  nextPageToken: text,
  isLast: z.boolean().nullish(),
  total: z.number().int().nullish(),
});
export const serverSchema = z.looseObject({ version: text, deploymentType: text });
export const meSchema = z.looseObject({ displayName: text, emailAddress: text, name: text, timeZone: text });
export const statusesSchema = z.array(
  z.looseObject({ id: z.string(), name: z.string(), statusCategory: z.looseObject({ key: z.string() }).nullish() }),
);
export const fieldsSchema = z.array(z.looseObject({ id: z.string(), name: z.string(), schema: z.looseObject({ custom: text }).nullish() }));
export const permissionsSchema = z.looseObject({ permissions: z.record(z.string(), z.looseObject({ havePermission: z.boolean() })) });
export const bulkSchema = z.looseObject({
  issueChangeLogs: z.array(z.looseObject({ issueId: z.coerce.string(), changeHistories: z.array(z.unknown()) })),
  nextPageToken: text,
});
export const commentsSchema = z.looseObject({ comments: z.array(z.unknown()), total: z.number().int() });
export const inlineSchema = z.looseObject({ changelog: z.looseObject({ histories: z.array(z.unknown()), total: z.number().int() }) });
export const auditSchema = z.looseObject({
  records: z.array(z.looseObject({ objectItem: z.looseObject({ name: text, typeName: text }).nullish() })),
  total: z.number().int(),
});
export const countSchema = z.looseObject({ count: z.number().int() });
export type ChangelogsAnswer = z.infer<typeof bulkSchema>;
