/**
 * Condition types and reasons of a VCenter. Names are part of the API: people and tools match on them. Each docstring is
 * one line; docs/failures.md is made of them. A refused connection has the code of its failure as its reason.
 */

export const VCenterConditionType = {
  /** Groups can be served: every other condition but InUse and PrivilegesSufficient is True. */
  Ready: 'Ready',
  Connected: 'Connected',
  CredentialsValid: 'CredentialsValid',
  PrivilegesSufficient: 'PrivilegesSufficient',
  PlacementReady: 'PlacementReady',
  InUse: 'InUse',
} as const;
export type VCenterConditionType = (typeof VCenterConditionType)[keyof typeof VCenterConditionType];

export const VCenterReason = {
  /** Connected, with a valid account, and all names of the spec were found. */
  Serving: 'Serving',
  /** Not connected; the condition Connected says why. */
  NotConnected: 'NotConnected',
  /** The operator is logged in, and its inventory of vCenter is complete and current. */
  Connected: 'Connected',
  /** The operator is logging in, or reading the inventory for the first time. */
  Connecting: 'Connecting',
  /** The stored spec breaks the schema of the CRD; the message names field, value and remedy. */
  InvalidSpec: 'InvalidSpec',
  /** vCenter has accepted the account. */
  LoggedIn: 'LoggedIn',
  /** There is an account, and vCenter has not been asked about it yet. */
  NotTried: 'NotTried',
  /** vCenter refuses the account; it is tried again when the Secret changes, else about every half hour. */
  InvalidLogin: 'InvalidLogin',
  /** spec.credentials.secretRef names no Secret of the operator's namespace. */
  SecretNotFound: 'SecretNotFound',
  /** The operator may not read the Secret. */
  SecretForbidden: 'SecretForbidden',
  /** The API server did not give the Secret; it is tried again within a minute. */
  SecretUnreadable: 'SecretUnreadable',
  /** The Secret has neither username and password nor VC_USER and VC_PASS. */
  KeysMissing: 'KeysMissing',
  /** The Secret has both pairs of keys. */
  AmbiguousKeys: 'AmbiguousKeys',
  /** The account has the privileges that groups need which name no place of their own. */
  PrivilegesHeld: 'PrivilegesHeld',
  /** The account lacks privileges; the message names each, with the object it is missing on. Groups go on all the same. */
  MissingPrivileges: 'MissingPrivileges',
  /** vCenter did not list the account's privileges; it is asked again within minutes. */
  PrivilegesUnreadable: 'PrivilegesUnreadable',
  /** Neither spec.defaults nor the inventory tells where groups go that name no place. */
  NoPlace: 'NoPlace',
  /** All objects that the spec names were found. */
  Resolved: 'Resolved',
  /** An object that the spec names was not found, or its name fits several. */
  NotFound: 'NotFound',
  /** VmGroups live on this vCenter, or are to. */
  GroupsBound: 'GroupsBound',
  /** A namespace may not be read or is not served, and its groups may use this vCenter; it is not deleted meanwhile. */
  GroupsUnknown: 'GroupsUnknown',
  /** No VmGroup uses this vCenter, and none may: spec.namespaceSelector selects no namespace. */
  NoNamespace: 'NoNamespace',
  /** No VmGroup uses this vCenter. */
  NotInUse: 'NotInUse',
} as const;
export type VCenterReason = (typeof VCenterReason)[keyof typeof VCenterReason];

/** Reasons of the events about a VCenter. */
export const VCenterEventReason = {
  /** The operator serves this object, and not the vCenter of its environment any more. */
  Admitted: 'Admitted',
  /** The certificate of the vCenter is not verified. */
  Insecure: 'Insecure',
} as const;
export type VCenterEventReason = (typeof VCenterEventReason)[keyof typeof VCenterEventReason];
