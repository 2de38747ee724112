import * as z from 'zod';

// What of Okta's answers is used; everything else in them is left out.

export const userSchema = z.object({
  id: z.string().min(1),
  status: z.string(),
  /** Attributes of the profile. The login is a text in every organization. */
  profile: z.looseObject({ login: z.string() }),
});

export const groupSchema = z.object({
  id: z.string().min(1),
  /** `OKTA_GROUP`, `APP_GROUP`, or `BUILT_IN`. */
  type: z.string(),
  profile: z.object({ name: z.string() }),
});

export const groupRuleSchema = z.object({
  id: z.string().min(1),
  name: z.string(),
  status: z.string(),
  conditions: z
    .object({
      people: z.object({ users: z.object({ exclude: z.array(z.string()).nullish() }).nullish() }).nullish(),
      expression: z.object({ value: z.string() }).nullish(),
    })
    .nullish(),
  actions: z.object({ assignUserToGroups: z.object({ groupIds: z.array(z.string()).default([]) }).nullish() }),
});

export const appSchema = z.object({
  id: z.string().min(1),
  label: z.string(),
  status: z.string(),
  signOnMode: z.string().nullish(),
  credentials: z.looseObject({ oauthClient: z.looseObject({ client_id: z.string() }).nullish() }).nullish(),
  settings: z
    .looseObject({
      oauthClient: z
        .looseObject({
          grant_types: z.array(z.string()).nullish(),
          redirect_uris: z.array(z.string()).nullish(),
        })
        .nullish(),
    })
    .nullish(),
});

export const appGroupSchema = z.object({ id: z.string().min(1) });

/** How a person is assigned to an app: by themselves (`USER`), or through a group (`GROUP`). */
export const appUserSchema = z.object({ id: z.string().min(1), scope: z.string(), status: z.string() });

export const authorizationServerSchema = z.object({
  id: z.string().min(1),
  name: z.string(),
  issuer: z.string(),
  issuerMode: z.string().nullish(),
  audiences: z.array(z.string()),
  status: z.string(),
});

export const claimSchema = z.object({
  id: z.string().min(1),
  name: z.string(),
  status: z.string(),
  claimType: z.string(),
  valueType: z.string(),
  value: z.string().nullish(),
  alwaysIncludeInToken: z.boolean().nullish(),
  group_filter_type: z.string().nullish(),
  conditions: z.object({ scopes: z.array(z.string()).nullish() }).nullish(),
});

export const scopeSchema = z.object({ id: z.string().min(1), name: z.string() });

export const policySchema = z.object({
  id: z.string().min(1),
  name: z.string(),
  status: z.string(),
  priority: z.number(),
  conditions: z.object({ clients: z.object({ include: z.array(z.string()) }).nullish() }).nullish(),
});

const includedAndExcluded = z.object({
  include: z.array(z.string()).nullish(),
  exclude: z.array(z.string()).nullish(),
});

export const policyRuleSchema = z.object({
  id: z.string().min(1),
  name: z.string(),
  status: z.string(),
  priority: z.number().nullish(),
  conditions: z
    .object({
      people: z.object({ users: includedAndExcluded.nullish(), groups: includedAndExcluded.nullish() }).nullish(),
      grantTypes: z.object({ include: z.array(z.string()) }).nullish(),
      scopes: z.object({ include: z.array(z.string()) }).nullish(),
    })
    .nullish(),
  actions: z
    .looseObject({
      token: z
        .looseObject({
          accessTokenLifetimeMinutes: z.number().nullish(),
          refreshTokenLifetimeMinutes: z.number().nullish(),
          refreshTokenWindowMinutes: z.number().nullish(),
          inlineHook: z.object({ id: z.string() }).nullish(),
        })
        .nullish(),
    })
    .nullish(),
});

export const logEventSchema = z.object({
  uuid: z.string(),
  published: z.string(),
  eventType: z.string(),
  displayMessage: z.string().nullish(),
  outcome: z.object({ result: z.string().nullish(), reason: z.string().nullish() }).nullish(),
  actor: z.looseObject({ id: z.string().nullish(), alternateId: z.string().nullish() }).nullish(),
  target: z
    .array(
      z.looseObject({
        id: z.string().nullish(),
        type: z.string().nullish(),
        displayName: z.string().nullish(),
        alternateId: z.string().nullish(),
      }),
    )
    .nullish(),
});

/** An app to which a person has tokens or grants. */
export const clientSchema = z.object({ client_id: z.string(), client_name: z.string().nullish() });

export const refreshTokenSchema = z.object({
  id: z.string().min(1),
  status: z.string(),
  created: z.string(),
  expiresAt: z.string().nullish(),
});

export const roleSchema = z.object({
  id: z.string().min(1),
  /** Such as `SUPER_ADMIN`, or `CUSTOM`. */
  type: z.string(),
  status: z.string().nullish(),
});

export type OktaUser = z.infer<typeof userSchema>;
export type OktaGroup = z.infer<typeof groupSchema>;
export type OktaGroupRule = z.infer<typeof groupRuleSchema>;
export type OktaApp = z.infer<typeof appSchema>;
export type OktaAppUser = z.infer<typeof appUserSchema>;
export type OktaAuthorizationServer = z.infer<typeof authorizationServerSchema>;
export type OktaClaim = z.infer<typeof claimSchema>;
export type OktaPolicy = z.infer<typeof policySchema>;
export type OktaPolicyRule = z.infer<typeof policyRuleSchema>;
export type OktaLogEvent = z.infer<typeof logEventSchema>;
export type OktaClient = z.infer<typeof clientSchema>;
export type OktaRefreshToken = z.infer<typeof refreshTokenSchema>;
export type OktaRole = z.infer<typeof roleSchema>;
