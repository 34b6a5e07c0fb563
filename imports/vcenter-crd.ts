// Generated from crds/ by `npm run generate`. Do not edit.

/** The CustomResourceDefinition of VCenter, as it is in crds/. */
export const vCenterCrd: {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string; readonly plural: string; readonly [field: string]: unknown };
    readonly [field: string]: unknown;
  };
} = {
  "apiVersion": "apiextensions.k8s.io/v1",
  "kind": "CustomResourceDefinition",
  "metadata": {
    "name": "vcenters.vm.codeconnect.vmworld.com"
  },
  "spec": {
    "group": "vm.codeconnect.vmworld.com",
    "scope": "Cluster",
    "names": {
      "kind": "VCenter",
      "listKind": "VCenterList",
      "plural": "vcenters",
      "singular": "vcenter",
      "shortNames": [
        "vc"
      ]
    },
    "versions": [
      {
        "name": "v1alpha1",
        "served": true,
        "storage": true,
        "subresources": {
          "status": {}
        },
        "additionalPrinterColumns": [
          {
            "name": "Host",
            "type": "string",
            "jsonPath": ".spec.endpoint.host"
          },
          {
            "name": "Ready",
            "type": "string",
            "jsonPath": ".status.conditions[?(@.type==\"Ready\")].status"
          },
          {
            "name": "Version",
            "type": "string",
            "jsonPath": ".status.about.version"
          },
          {
            "name": "VMs",
            "type": "integer",
            "jsonPath": ".status.usage.vms"
          },
          {
            "name": "Age",
            "type": "date",
            "jsonPath": ".metadata.creationTimestamp"
          },
          {
            "name": "Groups",
            "type": "integer",
            "jsonPath": ".status.groups",
            "priority": 1
          },
          {
            "name": "Leader",
            "type": "string",
            "jsonPath": ".status.leader",
            "priority": 1
          },
          {
            "name": "Message",
            "type": "string",
            "jsonPath": ".status.conditions[?(@.type==\"Ready\")].message",
            "priority": 1
          }
        ],
        "schema": {
          "openAPIV3Schema": {
            "type": "object",
            "required": [
              "spec"
            ],
            "description": "VCenter is a vCenter that the operator may work on, with the account that it uses there, the namespaces whose VmGroups may be put there, and what these may use. Administrators write it. Several objects with different accounts may name one vCenter: they are tenants that know nothing of each other. While there is no VCenter object, the vCenter of the operator's environment serves all namespaces. Groups keep a VCenter from being deleted.",
            "properties": {
              "apiVersion": {
                "type": "string",
                "description": "Always vm.codeconnect.vmworld.com/v1alpha1."
              },
              "kind": {
                "type": "string",
                "description": "Always VCenter."
              },
              "metadata": {
                "type": "object"
              },
              "spec": {
                "type": "object",
                "description": "The vCenter, and what namespaces may do there.",
                "required": [
                  "endpoint",
                  "credentials"
                ],
                "x-kubernetes-validations": [
                  {
                    "rule": "(has(self.clusterName) ? self.clusterName : '') == (has(oldSelf.clusterName) ? oldSelf.clusterName : '')",
                    "message": "clusterName cannot be set, changed or removed later, because the operator knows its machines by it; create a new VCenter instead",
                    "fieldPath": ".clusterName"
                  }
                ],
                "properties": {
                  "endpoint": {
                    "type": "object",
                    "description": "Address of the vCenter. It is always called over https, at the path /sdk.",
                    "required": [
                      "host"
                    ],
                    "x-kubernetes-validations": [
                      {
                        "rule": "!self.host.contains('/')",
                        "message": "host is a DNS name or an IP address; leave out https:// and the path",
                        "fieldPath": ".host"
                      }
                    ],
                    "properties": {
                      "host": {
                        "type": "string",
                        "maxLength": 253,
                        "pattern": "^([A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?)*|[0-9A-Fa-f]*:[0-9A-Fa-f]*:[0-9A-Fa-f:.]*)$",
                        "description": "DNS name or IP address of the vCenter, without https://, port or path. A change makes the operator connect anew. If another vCenter answers there, nothing is changed for the groups of the former one."
                      },
                      "port": {
                        "type": "integer",
                        "format": "int32",
                        "minimum": 1,
                        "maximum": 65535,
                        "default": 443,
                        "description": "Port of the vCenter."
                      }
                    }
                  },
                  "credentials": {
                    "type": "object",
                    "description": "The account that the operator uses. Another Secret, or other content of it, makes the operator log in anew without a restart. The session of the old account ends last.",
                    "required": [
                      "secretRef"
                    ],
                    "properties": {
                      "secretRef": {
                        "type": "object",
                        "required": [
                          "name"
                        ],
                        "description": "Secret in the operator's namespace with the account, in the keys username and password, or VC_USER and VC_PASS. Both pairs at once are an error.",
                        "properties": {
                          "name": {
                            "type": "string",
                            "maxLength": 253,
                            "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$",
                            "description": "Name of the Secret."
                          }
                        }
                      },
                      "method": {
                        "type": "string",
                        "enum": [
                          "Password",
                          "TokenByPassword"
                        ],
                        "default": "Password",
                        "description": "How the operator logs in. Password sends user name and password to vCenter. TokenByPassword gets a SAML token for them from the security token service of vCenter, and logs in with the token."
                      }
                    }
                  },
                  "tls": {
                    "type": "object",
                    "description": "Which certificate of the vCenter is accepted. Default: one of an authority that the operator's system knows.",
                    "x-kubernetes-validations": [
                      {
                        "rule": "!self.insecureSkipVerify || (!has(self.caBundle) && !has(self.sha256Fingerprints))",
                        "message": "insecureSkipVerify accepts any certificate; leave it out, or leave out caBundle and sha256Fingerprints",
                        "fieldPath": ".insecureSkipVerify"
                      },
                      {
                        "rule": "!has(self.caBundle) || self.caBundle.contains('-----BEGIN CERTIFICATE-----')",
                        "message": "caBundle holds no certificate; give PEM text, with -----BEGIN CERTIFICATE-----",
                        "fieldPath": ".caBundle"
                      }
                    ],
                    "properties": {
                      "caBundle": {
                        "type": "string",
                        "minLength": 1,
                        "maxLength": 65536,
                        "description": "Certificates of authorities, as PEM text. The vCenter's must be of one of them. The authorities that the operator's system knows do not count then."
                      },
                      "sha256Fingerprints": {
                        "type": "array",
                        "minItems": 1,
                        "maxItems": 4,
                        "x-kubernetes-list-type": "set",
                        "description": "SHA-256 fingerprints: the vCenter's certificate must have one of them. Without caBundle it does not matter who signed it; with caBundle both must hold. Give the next one beforehand, and a renewal of the certificate goes unnoticed.",
                        "items": {
                          "type": "string",
                          "maxLength": 95,
                          "pattern": "^([0-9A-F]{2}:){31}[0-9A-F]{2}$"
                        }
                      },
                      "insecureSkipVerify": {
                        "type": "boolean",
                        "default": false,
                        "description": "While true, any certificate is accepted. For tests only: somebody on the network path can read the password. A warning event tells of it."
                      }
                    }
                  },
                  "namespaceSelector": {
                    "type": "object",
                    "description": "Namespaces whose groups may use this vCenter, by the labels of the namespaces. All requirements must be met; an empty selector selects all namespaces. Default: no namespace. Groups of a namespace that is no longer selected are left as they are, and can only be deleted.",
                    "properties": {
                      "matchLabels": {
                        "type": "object",
                        "maxProperties": 16,
                        "description": "Labels that the namespace must have, with these values.",
                        "additionalProperties": {
                          "type": "string",
                          "maxLength": 63,
                          "pattern": "^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$"
                        }
                      },
                      "matchExpressions": {
                        "type": "array",
                        "maxItems": 16,
                        "x-kubernetes-list-type": "atomic",
                        "description": "Requirements on labels that the namespace must meet.",
                        "items": {
                          "type": "object",
                          "required": [
                            "key",
                            "operator"
                          ],
                          "description": "One requirement on a label.",
                          "x-kubernetes-validations": [
                            {
                              "rule": "(self.operator in ['In', 'NotIn']) == (has(self.values) && self.values.size() > 0)",
                              "message": "give values with the operators In and NotIn, and none with Exists and DoesNotExist",
                              "fieldPath": ".values"
                            }
                          ],
                          "properties": {
                            "key": {
                              "type": "string",
                              "maxLength": 317,
                              "pattern": "^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$",
                              "description": "Name of the label."
                            },
                            "operator": {
                              "type": "string",
                              "enum": [
                                "In",
                                "NotIn",
                                "Exists",
                                "DoesNotExist"
                              ],
                              "description": "In: the label has one of the values. NotIn: it has none of them, or is missing. Exists and DoesNotExist: it is there, or is missing."
                            },
                            "values": {
                              "type": "array",
                              "maxItems": 32,
                              "x-kubernetes-list-type": "atomic",
                              "description": "Values for the operators In and NotIn.",
                              "items": {
                                "type": "string",
                                "maxLength": 63,
                                "pattern": "^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$"
                              }
                            }
                          }
                        }
                      }
                    }
                  },
                  "clusterName": {
                    "type": "string",
                    "maxLength": 40,
                    "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
                    "description": "Name of this Kubernetes cluster, unique among those that share the vCenter. It is a part of the marks by which the operator knows its machines, and groups' folders lie in a folder of that name. Default: the UID of the namespace kube-system, and no such folder. It cannot be set, changed or removed later."
                  },
                  "defaults": {
                    "type": "object",
                    "description": "What a group gets that leaves it out.",
                    "properties": {
                      "placement": {
                        "type": "object",
                        "x-kubernetes-validations": [
                          {
                            "rule": "!has(self.datastoreCluster) || !has(self.datastore)",
                            "fieldPath": ".datastoreCluster",
                            "message": "give either datastore or datastoreCluster, not both"
                          }
                        ],
                        "description": "Where replicas are created that say nothing else. Each entry is a name or an absolute inventory path. A name that several objects have is an error. A change counts for new replicas only; a group that has a folder stays in the datacenter of that.",
                        "properties": {
                          "datacenter": {
                            "type": "string",
                            "minLength": 1,
                            "maxLength": 2048,
                            "description": "Datacenter of groups. Default: the only one of the vCenter."
                          },
                          "cluster": {
                            "type": "string",
                            "minLength": 1,
                            "maxLength": 2048,
                            "description": "Cluster (or standalone host) that runs the replicas. Default: the only one of the datacenter."
                          },
                          "resourcePool": {
                            "type": "string",
                            "minLength": 1,
                            "maxLength": 2048,
                            "description": "Resource pool inside the cluster. Default: the cluster's root pool."
                          },
                          "folder": {
                            "type": "string",
                            "minLength": 1,
                            "maxLength": 2048,
                            "description": "VM folder that holds the groups' own folders: its levels below the datacenter's VM folder, such as teams/shop, or an absolute path. What is missing is made. Default: vm-operator."
                          },
                          "datastore": {
                            "type": "string",
                            "minLength": 1,
                            "maxLength": 2048,
                            "description": "Datastore of the replicas' files and disks. Default: the template's."
                          },
                          "datastoreCluster": {
                            "type": "string",
                            "minLength": 1,
                            "maxLength": 2048,
                            "description": "Datastore cluster (StoragePod) instead of one datastore: as spec.placement.datastoreCluster of a VmGroup."
                          },
                          "storagePolicy": {
                            "type": "string",
                            "minLength": 1,
                            "maxLength": 255,
                            "description": "Name of the storage policy of groups that name none. A group that names a policy of its own and no place for its files does not take the datastore or datastore cluster from here either."
                          }
                        }
                      }
                    }
                  },
                  "failureDomains": {
                    "type": "array",
                    "maxItems": 16,
                    "x-kubernetes-list-type": "map",
                    "x-kubernetes-list-map-keys": [
                      "name"
                    ],
                    "description": "Parts of the vCenter that fail apart from each other, such as clusters. Groups that name neither a cluster nor a resource pool are spread over all of them, or over those that they name. An entry that is added or changed moves no replica; those in one that is taken out are replaced.",
                    "items": {
                      "type": "object",
                      "required": [
                        "name"
                      ],
                      "description": "One failure domain.",
                      "x-kubernetes-validations": [
                        {
                          "rule": "has(self.cluster) || has(self.resourcePool)",
                          "message": "give cluster or resourcePool, which say where machines of the failure domain run",
                          "fieldPath": ".cluster"
                        },
                        {
                          "rule": "!has(self.datastoreCluster) || !has(self.datastore)",
                          "fieldPath": ".datastoreCluster",
                          "message": "give either datastore or datastoreCluster, not both"
                        },
                        {
                          "rule": "!has(self.hostGroup) || has(self.cluster)",
                          "fieldPath": ".hostGroup",
                          "message": "give cluster with hostGroup, which names a host group of that cluster"
                        }
                      ],
                      "properties": {
                        "name": {
                          "type": "string",
                          "maxLength": 63,
                          "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
                          "description": "Name of the failure domain, unique in the list."
                        },
                        "cluster": {
                          "type": "string",
                          "minLength": 1,
                          "maxLength": 2048,
                          "description": "Cluster (or standalone host), a name or an absolute inventory path."
                        },
                        "resourcePool": {
                          "type": "string",
                          "minLength": 1,
                          "maxLength": 2048,
                          "description": "Resource pool, a name or an absolute inventory path; looked for in the cluster if there is one."
                        },
                        "datastore": {
                          "type": "string",
                          "minLength": 1,
                          "maxLength": 2048,
                          "description": "Datastore, a name or an absolute inventory path, for groups that name none. Default: that of defaults.placement, else the template's."
                        },
                        "datastoreCluster": {
                          "type": "string",
                          "minLength": 1,
                          "maxLength": 2048,
                          "description": "Datastore cluster (StoragePod) instead of one datastore."
                        },
                        "hostGroup": {
                          "type": "string",
                          "minLength": 1,
                          "maxLength": 80,
                          "description": "DRS host group of the cluster, by its exact name: machines of the failure domain are made on its hosts, and a DRS rule of each group keeps them there as far as the hosts have room. So several failure domains may share a cluster. The host group is the administrator's. Default: all hosts."
                        }
                      }
                    }
                  },
                  "allowed": {
                    "type": "object",
                    "description": "What groups may use. Each entry of a list is a pattern for absolute inventory paths: * stands for any characters of a name, and ** in the place of a name for any number of names, so that /dc/vm/shop/** is all that lies below the folder shop. It is compared with the path of the object that a name was resolved to, so no alias gets past it. A list of paths that is left out allows everything but adoptions, and an empty list nothing. A change leaves the machines that exist as they are.",
                    "properties": {
                      "templates": {
                        "type": "array",
                        "maxItems": 64,
                        "x-kubernetes-list-type": "set",
                        "description": "Templates and machines that groups may be cloned from.",
                        "items": {
                          "type": "string",
                          "maxLength": 512,
                          "pattern": "^(/|\\*\\*)"
                        }
                      },
                      "resourcePools": {
                        "type": "array",
                        "maxItems": 64,
                        "x-kubernetes-list-type": "set",
                        "description": "Resource pools that replicas may be in. The root pool of a cluster is /DATACENTER/host/CLUSTER/Resources.",
                        "items": {
                          "type": "string",
                          "maxLength": 512,
                          "pattern": "^(/|\\*\\*)"
                        }
                      },
                      "folders": {
                        "type": "array",
                        "maxItems": 64,
                        "x-kubernetes-list-type": "set",
                        "description": "VM folders that may hold the groups' own folders.",
                        "items": {
                          "type": "string",
                          "maxLength": 512,
                          "pattern": "^(/|\\*\\*)"
                        }
                      },
                      "datastores": {
                        "type": "array",
                        "maxItems": 64,
                        "x-kubernetes-list-type": "set",
                        "description": "Datastores that the disks of replicas may be on.",
                        "items": {
                          "type": "string",
                          "maxLength": 512,
                          "pattern": "^(/|\\*\\*)"
                        }
                      },
                      "networks": {
                        "type": "array",
                        "maxItems": 64,
                        "x-kubernetes-list-type": "set",
                        "description": "Networks and distributed port groups that replicas may be connected to.",
                        "items": {
                          "type": "string",
                          "maxLength": 512,
                          "pattern": "^(/|\\*\\*)"
                        }
                      },
                      "storagePolicies": {
                        "type": "array",
                        "maxItems": 64,
                        "x-kubernetes-list-type": "set",
                        "description": "Storage policies that groups may name: patterns for the name, with * for any characters. A list that is left out allows any, an empty list none. Groups without a policy are not concerned.",
                        "items": {
                          "type": "string",
                          "minLength": 1,
                          "maxLength": 512
                        }
                      },
                      "tags": {
                        "type": "array",
                        "maxItems": 64,
                        "x-kubernetes-list-type": "set",
                        "description": "Tags that groups may give to their machines: patterns for category/name, such as environment/* or billing/shop-*, with * for any characters. A slash in a name is written as %2f. A list that is left out allows any.",
                        "items": {
                          "type": "string",
                          "minLength": 1,
                          "maxLength": 512
                        }
                      },
                      "extraConfigKeys": {
                        "type": "array",
                        "maxItems": 64,
                        "x-kubernetes-list-type": "set",
                        "description": "Keys of spec.extraConfig that groups may set: patterns for the key, such as disk.EnableUUID or svga.*, with * for any characters. Some keys give a guest access to its host, so a list that is left out allows none.",
                        "items": {
                          "type": "string",
                          "minLength": 1,
                          "maxLength": 512,
                          "pattern": "^[A-Za-z0-9_.*-]+$"
                        }
                      },
                      "customizationSpecs": {
                        "type": "array",
                        "maxItems": 64,
                        "x-kubernetes-list-type": "set",
                        "description": "Customization specifications of the vCenter that groups may use: patterns for the name, with * for any characters; a slash in a name is %2f. A list that is left out allows every one, and an empty list none.",
                        "items": {
                          "type": "string",
                          "minLength": 1,
                          "maxLength": 512
                        }
                      },
                      "adoptableMachines": {
                        "type": "array",
                        "maxItems": 64,
                        "x-kubernetes-list-type": "set",
                        "description": "Machines that exist and that groups may take over with spec.adopt. $(namespace) in a pattern stands for the namespace of the group, so that /dc/vm/tenants/$(namespace)/** gives each namespace a folder of its own. A machine that is taken over may be changed and destroyed by the authors of that namespace, so a list that is left out allows none.",
                        "items": {
                          "type": "string",
                          "maxLength": 512,
                          "pattern": "^(/|\\*\\*)"
                        }
                      }
                    }
                  },
                  "limits": {
                    "type": "object",
                    "description": "How much groups may use. It is decided right before a machine is created or grows, with all that is under way. Machines that exist are left as they are. A limit that is left out does not limit.",
                    "properties": {
                      "maxConcurrentTasks": {
                        "type": "integer",
                        "format": "int32",
                        "minimum": 0,
                        "maximum": 500,
                        "description": "How many clones may run at once on this vCenter. Other work may have as many beside them, and at least 4. 0: as many as bring something, found by itself from 16 up to 128. Default: as the operator's flag --max-concurrent-tasks says, which is 0."
                      },
                      "perVM": {
                        "type": "object",
                        "description": "Largest size of a replica.",
                        "properties": {
                          "cpu": {
                            "type": "integer",
                            "format": "int32",
                            "minimum": 1,
                            "maximum": 960,
                            "description": "Largest number of virtual CPUs."
                          },
                          "memoryGiB": {
                            "type": "integer",
                            "format": "int32",
                            "minimum": 1,
                            "maximum": 24576,
                            "description": "Most memory, in GiB."
                          }
                        }
                      },
                      "perNamespace": {
                        "type": "object",
                        "description": "Most that the groups of one namespace may have together on this vCenter, whether their machines are powered on or off.",
                        "properties": {
                          "vms": {
                            "type": "integer",
                            "format": "int32",
                            "minimum": 0,
                            "maximum": 1000000,
                            "description": "Most virtual machines."
                          },
                          "cpu": {
                            "type": "integer",
                            "format": "int32",
                            "minimum": 0,
                            "maximum": 1000000000,
                            "description": "Most virtual CPUs."
                          },
                          "memoryGiB": {
                            "type": "integer",
                            "format": "int32",
                            "minimum": 0,
                            "maximum": 1000000000,
                            "description": "Most memory, in GiB."
                          }
                        }
                      },
                      "total": {
                        "type": "object",
                        "description": "Most that all groups of this VCenter may have together, whether their machines are powered on or off.",
                        "properties": {
                          "vms": {
                            "type": "integer",
                            "format": "int32",
                            "minimum": 0,
                            "maximum": 1000000,
                            "description": "Most virtual machines."
                          },
                          "cpu": {
                            "type": "integer",
                            "format": "int32",
                            "minimum": 0,
                            "maximum": 1000000000,
                            "description": "Most virtual CPUs."
                          },
                          "memoryGiB": {
                            "type": "integer",
                            "format": "int32",
                            "minimum": 0,
                            "maximum": 1000000000,
                            "description": "Most memory, in GiB."
                          }
                        }
                      }
                    }
                  }
                }
              },
              "status": {
                "type": "object",
                "description": "What the operator sees. Only the operator writes it.",
                "properties": {
                  "observedGeneration": {
                    "type": "integer",
                    "format": "int64",
                    "description": "metadata.generation of the spec that the whole status describes."
                  },
                  "conditions": {
                    "type": "array",
                    "maxItems": 16,
                    "description": "Details of the state: Ready, Connected, CredentialsValid, PlacementReady, PrivilegesSufficient and InUse. Ready sums up the three after it. PrivilegesSufficient is about groups that name no place of their own; it informs and holds nothing up. A condition that is missing means Unknown.",
                    "x-kubernetes-list-type": "map",
                    "x-kubernetes-list-map-keys": [
                      "type"
                    ],
                    "items": {
                      "type": "object",
                      "required": [
                        "type",
                        "status",
                        "reason",
                        "message",
                        "lastTransitionTime"
                      ],
                      "properties": {
                        "type": {
                          "type": "string",
                          "maxLength": 316,
                          "description": "Name of the condition."
                        },
                        "status": {
                          "type": "string",
                          "enum": [
                            "True",
                            "False",
                            "Unknown"
                          ],
                          "description": "Whether the condition holds."
                        },
                        "reason": {
                          "type": "string",
                          "minLength": 1,
                          "maxLength": 1024,
                          "description": "One CamelCase word that says why."
                        },
                        "message": {
                          "type": "string",
                          "maxLength": 32768,
                          "description": "The reason in a sentence for a person, with the object, the value and the remedy."
                        },
                        "lastTransitionTime": {
                          "type": "string",
                          "format": "date-time",
                          "description": "When status last changed."
                        },
                        "observedGeneration": {
                          "type": "integer",
                          "format": "int64",
                          "minimum": 0,
                          "description": "metadata.generation that the condition was set for."
                        }
                      }
                    }
                  },
                  "about": {
                    "type": "object",
                    "description": "What the vCenter says of itself.",
                    "properties": {
                      "version": {
                        "type": "string",
                        "maxLength": 64,
                        "description": "Version of the product."
                      },
                      "build": {
                        "type": "string",
                        "maxLength": 64,
                        "description": "Build of the product."
                      },
                      "apiVersion": {
                        "type": "string",
                        "maxLength": 64,
                        "description": "Version of the API."
                      },
                      "instanceUuid": {
                        "type": "string",
                        "maxLength": 36,
                        "description": "Identity of the vCenter (about.instanceUuid). Groups record it; where another one answers, nothing is changed for them."
                      }
                    }
                  },
                  "clusterID": {
                    "type": "string",
                    "maxLength": 253,
                    "description": "Identity of this Kubernetes cluster in the marks of its machines: spec.clusterName, or the UID of the namespace kube-system."
                  },
                  "certificate": {
                    "type": "object",
                    "description": "The certificate that the server showed last, even if it was refused. When it ends within 30 days, the condition Connected says so.",
                    "properties": {
                      "sha256": {
                        "type": "string",
                        "maxLength": 95,
                        "description": "Its SHA-256 fingerprint, as spec.tls.sha256Fingerprints takes it."
                      },
                      "notAfter": {
                        "type": "string",
                        "format": "date-time",
                        "description": "Until when it is valid."
                      }
                    }
                  },
                  "groups": {
                    "type": "integer",
                    "format": "int32",
                    "description": "Number of VmGroups that use this VCenter. While there are any, it is not deleted."
                  },
                  "usage": {
                    "type": "object",
                    "description": "What the groups of this VCenter have together: all of their machines, whether powered on or off.",
                    "properties": {
                      "vms": {
                        "type": "integer",
                        "format": "int32",
                        "description": "Number of virtual machines."
                      },
                      "cpu": {
                        "type": "integer",
                        "format": "int32",
                        "description": "Number of virtual CPUs."
                      },
                      "memoryGiB": {
                        "type": "integer",
                        "format": "int32",
                        "description": "Memory, in GiB, rounded up."
                      }
                    }
                  },
                  "namespaces": {
                    "type": "array",
                    "maxItems": 500,
                    "description": "What the groups of each namespace have, as limits.perNamespace counts. Of more namespaces, those with the most machines.",
                    "x-kubernetes-list-type": "map",
                    "x-kubernetes-list-map-keys": [
                      "name"
                    ],
                    "items": {
                      "type": "object",
                      "required": [
                        "name",
                        "vms",
                        "cpu",
                        "memoryGiB"
                      ],
                      "properties": {
                        "name": {
                          "type": "string",
                          "maxLength": 63,
                          "description": "Name of the namespace."
                        },
                        "vms": {
                          "type": "integer",
                          "format": "int32",
                          "description": "Number of virtual machines."
                        },
                        "cpu": {
                          "type": "integer",
                          "format": "int32",
                          "description": "Number of virtual CPUs."
                        },
                        "memoryGiB": {
                          "type": "integer",
                          "format": "int32",
                          "description": "Memory, in GiB, rounded up."
                        }
                      }
                    }
                  },
                  "leader": {
                    "type": "string",
                    "maxLength": 253,
                    "description": "The operator process that works on this vCenter, as its Lease names it. With several replicas of the operator, each vCenter is led by one of them."
                  }
                }
              }
            }
          }
        }
      }
    ]
  }
};
