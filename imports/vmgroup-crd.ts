// Generated from crds/ by `npm run generate`. Do not edit.

/** The CustomResourceDefinition of VmGroup, as it is in crds/. */
export const vmGroupCrd: {
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
    "name": "vmgroups.vm.codeconnect.vmworld.com"
  },
  "spec": {
    "group": "vm.codeconnect.vmworld.com",
    "scope": "Namespaced",
    "names": {
      "kind": "VmGroup",
      "listKind": "VmGroupList",
      "plural": "vmgroups",
      "singular": "vmgroup",
      "shortNames": [
        "vg"
      ]
    },
    "versions": [
      {
        "name": "v1alpha1",
        "served": true,
        "storage": true,
        "subresources": {
          "status": {},
          "scale": {
            "specReplicasPath": ".spec.replicas",
            "statusReplicasPath": ".status.currentReplicas",
            "labelSelectorPath": ".status.selector"
          }
        },
        "additionalPrinterColumns": [
          {
            "name": "Phase",
            "type": "string",
            "jsonPath": ".status.phase"
          },
          {
            "name": "Current",
            "type": "integer",
            "jsonPath": ".status.currentReplicas"
          },
          {
            "name": "Desired",
            "type": "integer",
            "jsonPath": ".spec.replicas"
          },
          {
            "name": "Updated",
            "type": "integer",
            "jsonPath": ".status.updatedReplicas"
          },
          {
            "name": "Ready",
            "type": "integer",
            "jsonPath": ".status.readyReplicas"
          },
          {
            "name": "CPU",
            "type": "integer",
            "jsonPath": ".spec.cpu"
          },
          {
            "name": "Memory",
            "type": "integer",
            "jsonPath": ".spec.memory"
          },
          {
            "name": "Template",
            "type": "string",
            "jsonPath": ".spec.template"
          },
          {
            "name": "Age",
            "type": "date",
            "jsonPath": ".metadata.creationTimestamp"
          },
          {
            "name": "Last_Message",
            "type": "string",
            "jsonPath": ".status.lastMessage"
          },
          {
            "name": "VCenter",
            "type": "string",
            "jsonPath": ".status.vcenter.name",
            "priority": 1
          },
          {
            "name": "VCenter_Host",
            "type": "string",
            "jsonPath": ".status.vcenter.host",
            "priority": 1
          }
        ],
        "schema": {
          "openAPIV3Schema": {
            "type": "object",
            "required": [
              "spec"
            ],
            "description": "VmGroup is a group of equal virtual machines on a vCenter, cloned from one template into one folder. The operator keeps vCenter equal to the spec and writes what it sees into the status.",
            "x-kubernetes-validations": [
              {
                "rule": "oldSelf.hasValue() || self.metadata.name.size() <= 62",
                "optionalOldSelf": true,
                "message": "metadata.name must have at most 62 characters, because names of virtual machines are made from it"
              }
            ],
            "properties": {
              "apiVersion": {
                "type": "string",
                "description": "Always vm.codeconnect.vmworld.com/v1alpha1."
              },
              "kind": {
                "type": "string",
                "description": "Always VmGroup."
              },
              "metadata": {
                "type": "object"
              },
              "spec": {
                "type": "object",
                "description": "The virtual machines that should exist.",
                "required": [
                  "cpu",
                  "memory",
                  "template"
                ],
                "x-kubernetes-validations": [
                  {
                    "rule": "!has(oldSelf.placement) || !has(oldSelf.placement.datacenter) || (has(self.placement) && has(self.placement.datacenter) && self.placement.datacenter == oldSelf.placement.datacenter)",
                    "message": "placement.datacenter cannot be changed once set; create a new group instead",
                    "fieldPath": ".placement.datacenter"
                  },
                  {
                    "rule": "!has(oldSelf.placement) || !has(oldSelf.placement.folder) || (has(self.placement) && has(self.placement.folder) && self.placement.folder == oldSelf.placement.folder)",
                    "message": "placement.folder cannot be changed once set; create a new group instead",
                    "fieldPath": ".placement.folder"
                  },
                  {
                    "rule": "!has(oldSelf.vcenterRef) || (has(self.vcenterRef) && self.vcenterRef.name == oldSelf.vcenterRef.name)",
                    "message": "vcenterRef.name cannot be changed once set; create a new group instead",
                    "fieldPath": ".vcenterRef.name"
                  },
                  {
                    "rule": "self.progressDeadlineSeconds > self.minReadySeconds",
                    "message": "progressDeadlineSeconds must be greater than minReadySeconds",
                    "fieldPath": ".progressDeadlineSeconds"
                  },
                  {
                    "rule": "(has(self.disks) && has(self.disks.rootSizeGiB) ? self.disks.rootSizeGiB : 0) >= (has(oldSelf.disks) && has(oldSelf.disks.rootSizeGiB) ? oldSelf.disks.rootSizeGiB : 0)",
                    "message": "disks.rootSizeGiB cannot get smaller or be removed, because no disk can shrink",
                    "fieldPath": ".disks.rootSizeGiB"
                  },
                  {
                    "rule": "!has(self.clone) || self.clone.mode != 'Linked' || !has(self.disks) || !has(self.disks.rootSizeGiB)",
                    "message": "disks.rootSizeGiB needs clone.mode Full, because the disk of a linked clone cannot grow",
                    "fieldPath": ".disks.rootSizeGiB"
                  },
                  {
                    "rule": "!has(self.hardware) || !has(self.hardware.coresPerSocket) || self.cpu % self.hardware.coresPerSocket == 0",
                    "message": "cpu must be a multiple of hardware.coresPerSocket",
                    "fieldPath": ".hardware.coresPerSocket"
                  },
                  {
                    "rule": "!has(self.readiness) || !has(self.readiness.network) || (has(self.networks) && self.networks.exists(entry, entry.name == self.readiness.network))",
                    "message": "readiness.network must be the name of an entry of networks",
                    "fieldPath": ".readiness.network"
                  }
                ],
                "properties": {
                  "cpu": {
                    "type": "integer",
                    "format": "int32",
                    "minimum": 1,
                    "maximum": 960,
                    "description": "Number of virtual CPUs of each replica."
                  },
                  "memory": {
                    "type": "integer",
                    "format": "int32",
                    "minimum": 1,
                    "maximum": 24576,
                    "description": "Memory of each replica in GiB (1 is 1024 MiB)."
                  },
                  "replicas": {
                    "type": "integer",
                    "format": "int32",
                    "minimum": 0,
                    "maximum": 500,
                    "default": 1,
                    "description": "Number of virtual machines. 0 keeps the group's folder and removes the machines. Leave it out where an autoscaler sets it: an apply then keeps its number."
                  },
                  "template": {
                    "type": "string",
                    "minLength": 1,
                    "maxLength": 2048,
                    "description": "Template that replicas are cloned from: a name, or an absolute inventory path such as /dc/vm/templates/ubuntu. With the operator's flag --allow-machine-sources it may also be a virtual machine that no group owns. It must be in the group's datacenter. A name that several objects have is an error. A change replaces the replicas one after the other."
                  },
                  "clone": {
                    "type": "object",
                    "description": "How replicas are cloned from the template. A change replaces the replicas one after the other.",
                    "x-kubernetes-validations": [
                      {
                        "rule": "!has(self.snapshot) || self.mode == 'Linked'",
                        "message": "snapshot needs mode Linked; leave it out",
                        "fieldPath": ".snapshot"
                      }
                    ],
                    "properties": {
                      "mode": {
                        "type": "string",
                        "enum": [
                          "Full",
                          "Linked"
                        ],
                        "default": "Full",
                        "description": "Full copies the disks. Linked makes disks that are based on a snapshot of the template: it takes seconds and little space, the template cannot be deleted before the replicas, and the root disk cannot grow."
                      },
                      "snapshot": {
                        "type": "string",
                        "minLength": 1,
                        "maxLength": 255,
                        "description": "Name of the snapshot of the template. No other one of the template may have it. Default: the template's current snapshot."
                      }
                    }
                  },
                  "hardware": {
                    "type": "object",
                    "description": "What else of the virtual hardware is given. It is changed while a replica is powered off: running replicas are handled as updateStrategy.resizePolicy says.",
                    "properties": {
                      "coresPerSocket": {
                        "type": "integer",
                        "format": "int32",
                        "minimum": 1,
                        "maximum": 256,
                        "description": "Number of cores of each virtual CPU socket. cpu must be a multiple of it. Default: the template's where it divides cpu, else the greatest number that divides both."
                      },
                      "cpuHotAdd": {
                        "type": "boolean",
                        "description": "Whether CPUs can be added while a replica is powered on. It can hide NUMA from the guest. Default: as the template has it."
                      },
                      "memoryHotAdd": {
                        "type": "boolean",
                        "description": "Whether memory can be added while a replica is powered on. Default: as the template has it."
                      }
                    }
                  },
                  "vcenterRef": {
                    "type": "object",
                    "required": [
                      "name"
                    ],
                    "description": "The VCenter that the group is on. It must select the group's namespace. Default: the only VCenter that selects it; without any VCenter object, the vCenter of the operator's environment. It cannot be changed once set.",
                    "properties": {
                      "name": {
                        "type": "string",
                        "maxLength": 253,
                        "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$",
                        "description": "Name of the VCenter."
                      }
                    }
                  },
                  "placement": {
                    "type": "object",
                    "x-kubernetes-validations": [
                      {
                        "rule": "!has(self.datastoreCluster) || !has(self.datastore)",
                        "fieldPath": ".datastoreCluster",
                        "message": "give either datastore or datastoreCluster, not both"
                      },
                      {
                        "rule": "!has(self.failureDomains) || (!has(self.cluster) && !has(self.resourcePool))",
                        "message": "leave it out, or leave out cluster and resourcePool, because a failure domain says both",
                        "fieldPath": ".failureDomains"
                      }
                    ],
                    "description": "Where replicas are created. Each entry is a name or an absolute inventory path. A name that several objects have is an error.",
                    "properties": {
                      "datacenter": {
                        "type": "string",
                        "minLength": 1,
                        "maxLength": 2048,
                        "description": "Datacenter of the group. Default: the only one of the vCenter. It cannot be changed once set."
                      },
                      "folder": {
                        "type": "string",
                        "minLength": 1,
                        "maxLength": 2048,
                        "description": "Existing VM folder that holds the group's own folder. It must not be or lie in a group's folder, and must lie in the namespace's where the operator has --namespace-folder. Default: the namespace's folder, or the folder vm-operator below the datacenter's VM folder, made if it is missing. It cannot be changed once set."
                      },
                      "cluster": {
                        "type": "string",
                        "minLength": 1,
                        "maxLength": 2048,
                        "description": "Cluster (or standalone host) that runs the replicas. Default: the only one of the datacenter. A change replaces the replicas one after the other."
                      },
                      "resourcePool": {
                        "type": "string",
                        "minLength": 1,
                        "maxLength": 2048,
                        "description": "Resource pool inside the cluster. Default: the cluster's root pool; where the operator has --namespace-pools, the namespace's only pool, and another must be one of its pools or below. A change replaces the replicas one after the other."
                      },
                      "datastore": {
                        "type": "string",
                        "minLength": 1,
                        "maxLength": 2048,
                        "description": "Datastore of the replicas' files and disks. Default: the template's. A change replaces the replicas one after the other, disks included; with the update strategy OnDelete only those that a person deletes."
                      },
                      "datastoreCluster": {
                        "type": "string",
                        "minLength": 1,
                        "maxLength": 2048,
                        "description": "Datastore cluster (StoragePod) instead of one datastore. Storage DRS recommends the datastore of each new replica; where it is off, the one with the most free space is taken. A change replaces the replicas as that of datastore does."
                      },
                      "storagePolicy": {
                        "type": "string",
                        "minLength": 1,
                        "maxLength": 255,
                        "description": "Name of a storage policy of vCenter, for the files and all disks of the replicas. A datastore that is given beside it must fit it; of a datastore cluster a member that fits is chosen. With neither, the replica goes to the datastore with the most free space of those that fit and that hosts of its cluster see. Default: none, so vCenter applies the default of the datastore. A change replaces the replicas as that of datastore does."
                      },
                      "failureDomains": {
                        "type": "array",
                        "minItems": 1,
                        "maxItems": 16,
                        "x-kubernetes-list-type": "set",
                        "description": "Failure domains of the VCenter that replicas are spread over. Default: all that the VCenter has, unless cluster or resourcePool is given, which say where replicas are by themselves. A change moves no replica, but those in a domain that is taken out of the list, or out of the VCenter, are replaced one after the other.",
                        "items": {
                          "type": "string",
                          "maxLength": 63,
                          "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$"
                        }
                      },
                      "spread": {
                        "type": "object",
                        "description": "How evenly replicas are spread over failure domains. A replica that is created goes where the fewest are, and one too many is removed where the most are. Living replicas are not moved.",
                        "properties": {
                          "maxSkew": {
                            "type": "integer",
                            "format": "int32",
                            "minimum": 1,
                            "maximum": 100,
                            "default": 1,
                            "description": "Largest difference between the numbers of replicas in two failure domains, which whenUnsatisfiable is about."
                          },
                          "whenUnsatisfiable": {
                            "type": "string",
                            "enum": [
                              "DoNotSchedule",
                              "ScheduleAnyway"
                            ],
                            "default": "ScheduleAnyway",
                            "description": "What happens to a replica that would exceed maxSkew because a failure domain is full or cannot be found. ScheduleAnyway creates it in another domain; DoNotSchedule lets it wait, with a fault of class Capacity."
                          }
                        }
                      },
                      "hostAntiAffinity": {
                        "type": "string",
                        "enum": [
                          "Disabled",
                          "Preferred"
                        ],
                        "description": "Default: Disabled. Preferred: the replicas in one cluster run on different hosts as far as there are enough. A DRS rule of the group in each cluster asks for it; it is no mandatory one, so it keeps no replica from running. DRS must be on. A change moves machines by DRS only: no replica is replaced or restarted. Disabled, or the end of the group, removes the rule."
                      }
                    }
                  },
                  "networks": {
                    "type": "array",
                    "maxItems": 10,
                    "x-kubernetes-list-type": "map",
                    "x-kubernetes-list-map-keys": [
                      "name"
                    ],
                    "description": "Networks of the replicas' adapters. The first entry connects the first adapter of the template, the second entry the second adapter, and so on. Further entries add adapters (vmxnet3). Surplus adapters of the template are left out. Default: the template's adapters as they are. A change replaces the replicas one after the other.",
                    "items": {
                      "type": "object",
                      "required": [
                        "name",
                        "network"
                      ],
                      "description": "One network adapter.",
                      "x-kubernetes-validations": [
                        {
                          "rule": "!has(self.gateway) || has(self.addresses)",
                          "message": "gateway needs addresses; a network without them gets its gateway by DHCP",
                          "fieldPath": ".gateway"
                        },
                        {
                          "rule": "!has(self.nameservers) || has(self.addresses)",
                          "message": "nameservers need addresses; a network without them gets its name servers by DHCP",
                          "fieldPath": ".nameservers"
                        }
                      ],
                      "properties": {
                        "name": {
                          "type": "string",
                          "minLength": 1,
                          "maxLength": 63,
                          "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
                          "description": "Name of the entry, unique in the list."
                        },
                        "network": {
                          "type": "string",
                          "minLength": 1,
                          "maxLength": 2048,
                          "description": "Name or absolute inventory path of a network or distributed port group in the group's datacenter. A name that several networks have is an error. Port groups of one name on several distributed switches are named SWITCH/PORTGROUP."
                        },
                        "addresses": {
                          "type": "array",
                          "minItems": 1,
                          "maxItems": 512,
                          "x-kubernetes-list-type": "set",
                          "items": {
                            "type": "string",
                            "maxLength": 43,
                            "x-kubernetes-validations": [
                              {
                                "rule": "isCIDR(self)",
                                "message": "addresses must be IP addresses with their prefix length, such as 10.0.0.10/24"
                              }
                            ]
                          },
                          "description": "Static addresses with their prefix length, such as 10.0.0.10/24: the replica with ordinal 0 gets the first one, and so on. A replica without an entry is not created. Give one entry more than replicas for each replica of maxSurge. They reach the guest as a network configuration of cloud-init in guestinfo.metadata, unless spec.guest.cloudInit.metadata has a key network. Then only $(vm.address.NAME) tells them. Default: the template, or DHCP, decides. A change replaces those replicas whose own entry is another one now."
                        },
                        "gateway": {
                          "type": "string",
                          "maxLength": 39,
                          "x-kubernetes-validations": [
                            {
                              "rule": "isIP(self)",
                              "message": "gateway must be an IP address, such as 10.0.0.1"
                            }
                          ],
                          "description": "Address of the default gateway on this network. Default: none. A change replaces the replicas one after the other."
                        },
                        "nameservers": {
                          "type": "array",
                          "maxItems": 3,
                          "x-kubernetes-list-type": "set",
                          "items": {
                            "type": "string",
                            "maxLength": 39,
                            "x-kubernetes-validations": [
                              {
                                "rule": "isIP(self)",
                                "message": "nameservers must be IP addresses, such as 10.0.0.53"
                              }
                            ]
                          },
                          "description": "Addresses of name servers. Default: none. A change replaces the replicas one after the other."
                        }
                      }
                    }
                  },
                  "disks": {
                    "type": "object",
                    "description": "Sizes of the replicas' disks. Disks grow while the replicas run; the guest has to grow its file systems. Disks that somebody attached to a machine are left as they are.",
                    "properties": {
                      "rootSizeGiB": {
                        "type": "integer",
                        "format": "int32",
                        "minimum": 1,
                        "maximum": 63488,
                        "description": "Size of the root disk, which is the template's first by controller and unit, and at least as large as there. It can only grow. Default: the template's."
                      },
                      "extra": {
                        "type": "array",
                        "maxItems": 14,
                        "x-kubernetes-list-type": "map",
                        "x-kubernetes-list-map-keys": [
                          "name"
                        ],
                        "description": "Empty data disks that are made and destroyed with each replica. A change of a size grows them; any other change replaces the replicas one after the other.",
                        "items": {
                          "type": "object",
                          "required": [
                            "name",
                            "sizeGiB"
                          ],
                          "description": "One data disk.",
                          "x-kubernetes-validations": [
                            {
                              "rule": "self.sizeGiB >= oldSelf.sizeGiB",
                              "message": "sizeGiB cannot get smaller, because no disk can shrink",
                              "fieldPath": ".sizeGiB"
                            },
                            {
                              "rule": "self.name != 'root'",
                              "message": "name cannot be root, which is the root disk",
                              "fieldPath": ".name"
                            }
                          ],
                          "properties": {
                            "name": {
                              "type": "string",
                              "minLength": 1,
                              "maxLength": 63,
                              "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
                              "description": "Name of the entry, unique in the list."
                            },
                            "sizeGiB": {
                              "type": "integer",
                              "format": "int32",
                              "minimum": 1,
                              "maximum": 63488,
                              "description": "Size in GiB. It can only grow."
                            },
                            "provisioning": {
                              "type": "string",
                              "enum": [
                                "Thin",
                                "Thick",
                                "EagerZeroedThick"
                              ],
                              "description": "How space is taken on the datastore: as it is written, at once, or at once and written with zeroes. Default: as the datastore has it."
                            }
                          }
                        }
                      }
                    }
                  },
                  "guest": {
                    "type": "object",
                    "x-kubernetes-validations": [
                      {
                        "rule": "!has(self.ignition) || !has(self.cloudInit)",
                        "fieldPath": ".ignition",
                        "message": "give either cloudInit or ignition, not both"
                      },
                      {
                        "rule": "!has(self.customizationSpec) || (!has(self.cloudInit) && !has(self.ignition))",
                        "fieldPath": ".customizationSpec",
                        "message": "give one of cloudInit, ignition and customizationSpec"
                      }
                    ],
                    "description": "What the guest operating system is given at its first boot. A change replaces the replicas one after the other.",
                    "properties": {
                      "cloudInit": {
                        "type": "object",
                        "description": "Data for cloud-init, which the guest reads from guestinfo (its data source VMware). The texts may contain $(vm.name), $(vm.id), $(vm.ordinal), $(vm.hostname), $(vm.instanceUuid), $(vm.revision), $(vm.failureDomain), $(vm.address.NETWORK) (of an entry of spec.networks with addresses, without the prefix length), $(group.name), $(group.namespace) and $(cluster.name). They are replaced by the values of the replica. $$( writes $(.",
                        "properties": {
                          "cleanup": {
                            "type": "boolean",
                            "description": "While true, the user-data is removed from the machine in vCenter, once, when the replica is ready and VMware Tools run in it: until then everyone who may read the machine can read it. Choose a readiness that means that cloud-init has read its data, such as IPAddress. Default: false."
                          },
                          "userData": {
                            "type": "object",
                            "description": "User-data, such as #cloud-config. Everyone who may read the machine in vCenter can read it there.",
                            "x-kubernetes-validations": [
                              {
                                "rule": "has(self.secretKeyRef) != has(self.value)",
                                "message": "give either secretKeyRef or value"
                              }
                            ],
                            "properties": {
                              "secretKeyRef": {
                                "type": "object",
                                "required": [
                                  "name",
                                  "key"
                                ],
                                "description": "Key of a Secret in the group's namespace. It is read when a replica is created; a later change of the Secret changes no replica. The operator may read it only where a Role allows it.",
                                "properties": {
                                  "name": {
                                    "type": "string",
                                    "minLength": 1,
                                    "maxLength": 253,
                                    "description": "Name of the Secret."
                                  },
                                  "key": {
                                    "type": "string",
                                    "minLength": 1,
                                    "maxLength": 253,
                                    "pattern": "^[-._a-zA-Z0-9]+$",
                                    "description": "Key in the Secret."
                                  }
                                }
                              },
                              "value": {
                                "type": "string",
                                "maxLength": 65536,
                                "description": "The text itself. Do not put secrets into it: everyone who may get the VmGroup can read it."
                              }
                            }
                          },
                          "metadata": {
                            "type": "object",
                            "description": "Metadata, a YAML mapping of at most 16 KiB, once the variables are replaced. instance-id (the machine's instanceUuid) and local-hostname are added if they are missing. Default: only these two.",
                            "x-kubernetes-validations": [
                              {
                                "rule": "has(self.secretKeyRef) != has(self.value)",
                                "message": "give either secretKeyRef or value"
                              }
                            ],
                            "properties": {
                              "secretKeyRef": {
                                "type": "object",
                                "required": [
                                  "name",
                                  "key"
                                ],
                                "description": "Key of a Secret in the group's namespace. It is read when a replica is created; a later change of the Secret changes no replica. The operator may read it only where a Role allows it.",
                                "properties": {
                                  "name": {
                                    "type": "string",
                                    "minLength": 1,
                                    "maxLength": 253,
                                    "description": "Name of the Secret."
                                  },
                                  "key": {
                                    "type": "string",
                                    "minLength": 1,
                                    "maxLength": 253,
                                    "pattern": "^[-._a-zA-Z0-9]+$",
                                    "description": "Key in the Secret."
                                  }
                                }
                              },
                              "value": {
                                "type": "string",
                                "maxLength": 65536,
                                "description": "The text itself. Do not put secrets into it: everyone who may get the VmGroup can read it."
                              }
                            }
                          }
                        }
                      },
                      "ignition": {
                        "type": "object",
                        "required": [
                          "config"
                        ],
                        "description": "Data for Ignition, which Flatcar and Fedora CoreOS read from guestinfo at the first boot, instead of cloudInit. The text may contain the same variables as in cloudInit. Static addresses of spec.networks reach the guest only where it names them, as $(vm.address.NETWORK).",
                        "properties": {
                          "config": {
                            "type": "object",
                            "description": "Ignition config, JSON of at most 512 KiB once the variables are replaced. Everyone who may read the machine in vCenter can read it there.",
                            "x-kubernetes-validations": [
                              {
                                "rule": "has(self.secretKeyRef) != has(self.value)",
                                "message": "give either secretKeyRef or value"
                              }
                            ],
                            "properties": {
                              "secretKeyRef": {
                                "type": "object",
                                "required": [
                                  "name",
                                  "key"
                                ],
                                "description": "Key of a Secret in the group's namespace. It is read when a replica is created; a later change of the Secret changes no replica. The operator may read it only where a Role allows it.",
                                "properties": {
                                  "name": {
                                    "type": "string",
                                    "minLength": 1,
                                    "maxLength": 253,
                                    "description": "Name of the Secret."
                                  },
                                  "key": {
                                    "type": "string",
                                    "minLength": 1,
                                    "maxLength": 253,
                                    "pattern": "^[-._a-zA-Z0-9]+$",
                                    "description": "Key in the Secret."
                                  }
                                }
                              },
                              "value": {
                                "type": "string",
                                "maxLength": 65536,
                                "description": "The text itself. Do not put secrets into it: everyone who may get the VmGroup can read it."
                              }
                            }
                          }
                        }
                      },
                      "customizationSpec": {
                        "type": "object",
                        "required": [
                          "name"
                        ],
                        "description": "A customization specification that is stored in vCenter (Policies and Profiles, VM Customization Specifications), instead of cloudInit and ignition: vCenter and VMware Tools give the guest its name and network as it boots for the first time, Windows included. It is sent as it is stored, with the replica's host name, and with the static addresses of spec.networks for the adapters that have some. One for cloud-init, or with a text for Sysprep, has a host name of its own. Host names have at most 15 characters: the first 6 letters or digits of the group's name, a dash and the id of the replica.",
                        "properties": {
                          "name": {
                            "type": "string",
                            "minLength": 1,
                            "maxLength": 255,
                            "description": "Name of the specification. It needs settings for as many network adapters as the replica has. A VCenter may restrict the names (spec.allowed.customizationSpecs). It is read for each machine that is created; a change of what is in it replaces no machine."
                          }
                        }
                      }
                    }
                  },
                  "naming": {
                    "type": "object",
                    "description": "Patterns for names. They may contain $(vm.id) (eight letters, another for each ordinal and revision), $(vm.ordinal), $(vm.revision), $(group.name) and $(group.namespace). A change names replicas that are made later; machines that exist keep their names.",
                    "properties": {
                      "vmName": {
                        "type": "string",
                        "minLength": 1,
                        "maxLength": 200,
                        "pattern": "^[A-Za-z0-9_.$()-]+$",
                        "x-kubernetes-validations": [
                          {
                            "rule": "self.contains('$(vm.id)')",
                            "message": "vmName must contain $(vm.id), so that no two machines have one name"
                          },
                          {
                            "rule": "!self.replace('$(vm.id)', 'xxxxxxxx').replace('$(vm.ordinal)', '0').replace('$(vm.revision)', 'xxxxxxxxxx').replace('$(group.name)', 'x').replace('$(group.namespace)', 'x').contains('$')",
                            "message": "vmName may contain no variables but $(vm.id), $(vm.ordinal), $(vm.revision), $(group.name) and $(group.namespace)"
                          },
                          {
                            "rule": "self.replace('$(vm.id)', 'xxxxxxxx').replace('$(vm.ordinal)', '0').replace('$(vm.revision)', 'xxxxxxxxxx').replace('$(group.name)', 'x').replace('$(group.namespace)', 'x').size() <= 79",
                            "message": "vmName must have at most 79 characters once its variables are replaced"
                          }
                        ],
                        "description": "Name of a machine in vCenter, at most 79 characters once the variables are replaced. Default: $(group.name)-replica-$(vm.id)."
                      },
                      "hostname": {
                        "type": "string",
                        "minLength": 1,
                        "maxLength": 200,
                        "pattern": "^[a-z0-9.$()-]+$",
                        "x-kubernetes-validations": [
                          {
                            "rule": "self.contains('$(vm.id)') || self.contains('$(vm.ordinal)')",
                            "message": "hostname must contain $(vm.id) or $(vm.ordinal), so that no two guests have one name"
                          },
                          {
                            "rule": "!self.replace('$(vm.id)', 'xxxxxxxx').replace('$(vm.ordinal)', '0').replace('$(vm.revision)', 'xxxxxxxxxx').replace('$(group.name)', 'x').replace('$(group.namespace)', 'x').contains('$')",
                            "message": "hostname may contain no variables but $(vm.id), $(vm.ordinal), $(vm.revision), $(group.name) and $(group.namespace)"
                          },
                          {
                            "rule": "self.replace('$(vm.id)', 'xxxxxxxx').replace('$(vm.ordinal)', '0').replace('$(vm.revision)', 'xxxxxxxxxx').replace('$(group.name)', 'x').replace('$(group.namespace)', 'x').size() <= 63",
                            "message": "hostname must have at most 63 characters once its variables are replaced"
                          }
                        ],
                        "description": "Host name that cloud-init gives the guest, at most 63 characters once the variables are replaced. Dots in $(group.name) become dashes. Default: the name of the machine, with dots as dashes."
                      }
                    }
                  },
                  "powerState": {
                    "type": "string",
                    "enum": [
                      "PoweredOn",
                      "PoweredOff"
                    ],
                    "default": "PoweredOn",
                    "description": "Power state of the whole group. A replica in another state is corrected. With PoweredOff the replicas are kept, powered off."
                  },
                  "powerOff": {
                    "type": "object",
                    "description": "How replicas are powered off: for powerState, for a change of size, and before they are destroyed.",
                    "x-kubernetes-validations": [
                      {
                        "rule": "self.mode != 'Hard' || !has(self.timeoutSeconds)",
                        "message": "timeoutSeconds has no meaning with mode Hard; leave it out",
                        "fieldPath": ".timeoutSeconds"
                      }
                    ],
                    "properties": {
                      "mode": {
                        "type": "string",
                        "enum": [
                          "Hard",
                          "Soft",
                          "TrySoft"
                        ],
                        "default": "TrySoft",
                        "description": "Hard powers off at once. TrySoft asks the guest to shut down. If no VMware Tools run in it, or it takes too long, it is powered off. Soft asks the guest too; if that does not help, the replica waits for a person."
                      },
                      "timeoutSeconds": {
                        "type": "integer",
                        "format": "int32",
                        "minimum": 1,
                        "maximum": 3600,
                        "description": "How long the guest may take to shut down. Default: 300."
                      }
                    }
                  },
                  "readiness": {
                    "type": "object",
                    "description": "When a replica counts as ready.",
                    "x-kubernetes-validations": [
                      {
                        "rule": "!has(self.network) || self.type == 'IPAddress'",
                        "message": "network needs the type IPAddress; of another type no address counts",
                        "fieldPath": ".network"
                      }
                    ],
                    "properties": {
                      "type": {
                        "type": "string",
                        "enum": [
                          "PoweredOn",
                          "ToolsRunning",
                          "IPAddress"
                        ],
                        "default": "PoweredOn",
                        "description": "PoweredOn: the replica is powered on and its host is connected. ToolsRunning: in addition VMware Tools run in the guest. IPAddress: in addition the guest reports an address that is not link-local."
                      },
                      "network": {
                        "type": "string",
                        "maxLength": 63,
                        "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
                        "description": "Name of an entry of spec.networks: with the type IPAddress only addresses of its adapter count. Default: those of every adapter."
                      },
                      "guestInfo": {
                        "type": "array",
                        "maxItems": 8,
                        "x-kubernetes-list-type": "map",
                        "x-kubernetes-list-map-keys": [
                          "key"
                        ],
                        "description": "Values that the guest itself has to set, such as vmware-rpctool \"info-set guestinfo.ready true\": a replica is ready when each key has exactly its value, in addition to the type. Whether a value outlives a restart of the guest depends on vSphere and on how it was set, so let the guest take it back as it boots. A change touches no machine.",
                        "items": {
                          "type": "object",
                          "required": [
                            "key",
                            "value"
                          ],
                          "x-kubernetes-validations": [
                            {
                              "rule": "!self.key.lowerAscii().startsWith('guestinfo.')",
                              "fieldPath": ".key",
                              "message": "give the key without guestinfo., which all keys of a guest begin with"
                            },
                            {
                              "rule": "!(self.key.lowerAscii() in ['userdata', 'metadata', 'vendordata']) && !self.key.lowerAscii().startsWith('userdata.') && !self.key.lowerAscii().startsWith('metadata.') && !self.key.lowerAscii().startsWith('vendordata.') && !self.key.lowerAscii().startsWith('ignition.')",
                              "fieldPath": ".key",
                              "message": "data that the guest is given is not its answer; choose a key that the guest sets itself"
                            }
                          ],
                          "properties": {
                            "key": {
                              "type": "string",
                              "minLength": 1,
                              "maxLength": 128,
                              "pattern": "^[A-Za-z0-9_.-]+$",
                              "description": "The key without guestinfo., such as ready for guestinfo.ready. It may not be one that guests are given data by: userdata, metadata, vendordata and ignition, and what begins with these and a dot."
                            },
                            "value": {
                              "type": "string",
                              "minLength": 1,
                              "maxLength": 1024,
                              "description": "The value that makes a replica ready, exactly as the guest writes it."
                            }
                          }
                        }
                      }
                    }
                  },
                  "minReadySeconds": {
                    "type": "integer",
                    "format": "int32",
                    "minimum": 0,
                    "maximum": 86400,
                    "default": 0,
                    "description": "How long a replica must be ready before it counts as available."
                  },
                  "progressDeadlineSeconds": {
                    "type": "integer",
                    "format": "int32",
                    "minimum": 1,
                    "maximum": 172800,
                    "default": 1800,
                    "description": "How long the group may make no progress towards its spec before the condition Stalled is True and the phase is ERROR. Nothing is rolled back, and work goes on. Progress is that another number of replicas exists, is ready, available or up to date, a new spec, or vCenter that is back. A try that fails is none."
                  },
                  "updateStrategy": {
                    "type": "object",
                    "description": "How a change of the spec reaches existing replicas.",
                    "properties": {
                      "type": {
                        "type": "string",
                        "enum": [
                          "RollingUpdate",
                          "OnDelete"
                        ],
                        "default": "RollingUpdate",
                        "description": "RollingUpdate replaces outdated replicas automatically. OnDelete leaves them alone until a person deletes them in vCenter."
                      },
                      "rollingUpdate": {
                        "type": "object",
                        "description": "How many replicas may be extra or unavailable while replicas are replaced or restarted.",
                        "x-kubernetes-validations": [
                          {
                            "rule": "!(string(self.maxSurge) in ['0', '0%'] && string(self.maxUnavailable) in ['0', '0%'])",
                            "message": "maxSurge and maxUnavailable cannot both be 0",
                            "fieldPath": ".maxUnavailable"
                          }
                        ],
                        "properties": {
                          "maxSurge": {
                            "x-kubernetes-int-or-string": true,
                            "anyOf": [
                              {
                                "type": "integer"
                              },
                              {
                                "type": "string"
                              }
                            ],
                            "minimum": 0,
                            "maximum": 500,
                            "maxLength": 4,
                            "pattern": "^(100|[1-9]?[0-9])%$",
                            "default": 0,
                            "description": "How many replicas may exist beyond spec.replicas: a number, or a percentage of it, rounded up. With more than 0, new replicas are made beside the old ones. If maxUnavailable is 0 as well, an old one is removed only when a new one is available, so ready for spec.minReadySeconds."
                          },
                          "maxUnavailable": {
                            "x-kubernetes-int-or-string": true,
                            "anyOf": [
                              {
                                "type": "integer"
                              },
                              {
                                "type": "string"
                              }
                            ],
                            "minimum": 0,
                            "maximum": 500,
                            "maxLength": 4,
                            "pattern": "^(100|[1-9]?[0-9])%$",
                            "default": 1,
                            "description": "How many replicas may be unavailable at once: a number, or a percentage of spec.replicas, rounded down. If both amounts round to 0, it is 1. Restarts for a change of size count."
                          }
                        }
                      },
                      "resizePolicy": {
                        "type": "string",
                        "enum": [
                          "HotAddOnly",
                          "PowerCycle",
                          "Replace"
                        ],
                        "default": "PowerCycle",
                        "description": "How a change of cpu, memory or hardware reaches a running replica. Where the machine allows it, it grows while powered on. Other changes depend on the policy. HotAddOnly waits until somebody powers the replica off. PowerCycle restarts replicas, at most maxUnavailable at once. Replace makes new replicas."
                      },
                      "restartToken": {
                        "type": "string",
                        "minLength": 1,
                        "maxLength": 64,
                        "description": "Any text, such as a date. A change replaces the replicas one after the other, although nothing else has changed: the template may have new content under the same name."
                      }
                    }
                  },
                  "extraConfig": {
                    "type": "array",
                    "maxItems": 32,
                    "x-kubernetes-list-type": "map",
                    "x-kubernetes-list-map-keys": [
                      "key"
                    ],
                    "description": "Advanced settings (extraConfig) of each machine. A VCenter must allow the keys in spec.allowed.extraConfigKeys; without a VCenter object none is allowed. A change reaches machines that exist, whether they run or not; many settings act only from the next power-on. A key that is taken out of the list is removed from machines that the operator gave it to.",
                    "items": {
                      "type": "object",
                      "required": [
                        "key",
                        "value"
                      ],
                      "properties": {
                        "key": {
                          "type": "string",
                          "minLength": 1,
                          "maxLength": 128,
                          "pattern": "^[A-Za-z0-9_.-]+$",
                          "x-kubernetes-validations": [
                            {
                              "rule": "!self.lowerAscii().startsWith('guestinfo.') && !self.lowerAscii().startsWith('codeconnect.')",
                              "message": "key may not begin with guestinfo. or codeconnect.; data for guests goes to spec.guest"
                            }
                          ],
                          "description": "Name of the setting, such as disk.EnableUUID."
                        },
                        "value": {
                          "type": "string",
                          "minLength": 1,
                          "maxLength": 1024,
                          "description": "Its value, such as \"TRUE\". vCenter has no settings without one."
                        }
                      }
                    }
                  },
                  "customAttributes": {
                    "type": "array",
                    "maxItems": 32,
                    "x-kubernetes-list-type": "map",
                    "x-kubernetes-list-map-keys": [
                      "name"
                    ],
                    "description": "Custom attributes of each machine, as vCenter shows them to people. vCenter must define an attribute of that name for virtual machines, or for all objects. A change reaches machines that exist. An attribute that is taken out of the list loses its value on machines that the operator gave it to.",
                    "items": {
                      "type": "object",
                      "required": [
                        "name",
                        "value"
                      ],
                      "properties": {
                        "name": {
                          "type": "string",
                          "minLength": 1,
                          "maxLength": 80,
                          "description": "Name of the attribute, such as owner."
                        },
                        "value": {
                          "type": "string",
                          "minLength": 1,
                          "maxLength": 1024,
                          "description": "Its value, any text."
                        }
                      }
                    }
                  },
                  "tags": {
                    "type": "array",
                    "maxItems": 32,
                    "x-kubernetes-list-type": "map",
                    "x-kubernetes-list-map-keys": [
                      "category",
                      "name"
                    ],
                    "description": "Tags of each machine. They must exist in vCenter, in a category for virtual machines. A change reaches machines that exist. A tag that is taken out of the list is taken off machines that the operator gave it to.",
                    "items": {
                      "type": "object",
                      "required": [
                        "category",
                        "name"
                      ],
                      "properties": {
                        "category": {
                          "type": "string",
                          "minLength": 1,
                          "maxLength": 255,
                          "description": "Name of the category, such as environment."
                        },
                        "name": {
                          "type": "string",
                          "minLength": 1,
                          "maxLength": 255,
                          "description": "Name of the tag in its category, such as production."
                        }
                      }
                    }
                  },
                  "retire": {
                    "type": "array",
                    "maxItems": 64,
                    "x-kubernetes-list-type": "set",
                    "description": "Virtual machines of the group that are replaced by new ones, within updateStrategy.rollingUpdate, also with the type OnDelete. They go first in a scale-down. vCenter never uses a reference again, so entries may stay.",
                    "items": {
                      "type": "string",
                      "maxLength": 64,
                      "pattern": "^vm-[0-9]+$",
                      "description": "Managed object id of a machine, as in status.replicas[].moRef."
                    }
                  },
                  "adopt": {
                    "type": "object",
                    "description": "Virtual machines that exist, and that the group takes over as replicas as they are: none is cloned, restarted, renamed or moved for it. Those of the list come first, in its order, then those of the folder, by name; each gets the lowest free ordinal. As many are taken as replicas are missing, and the others are left alone. Only machines that spec.allowed.adoptableMachines of the VCenter allows, that no group owns, and that have the guest OS, firmware, disks and network adapters of the template; no new machine is made in the place of one that is refused. From then on they are replicas like all others, and are destroyed like them. The field may stay: once its machines are in the group, names that are not found any more are passed over.",
                    "x-kubernetes-validations": [
                      {
                        "rule": "has(self.machines) || has(self.folder)",
                        "message": "spec.adopt must have machines or folder"
                      }
                    ],
                    "properties": {
                      "machines": {
                        "type": "array",
                        "maxItems": 500,
                        "x-kubernetes-list-type": "atomic",
                        "description": "Names or absolute inventory paths of machines in the datacenter of the group.",
                        "items": {
                          "type": "string",
                          "minLength": 1,
                          "maxLength": 2048
                        }
                      },
                      "folder": {
                        "type": "string",
                        "minLength": 1,
                        "maxLength": 2048,
                        "description": "Name or absolute inventory path of a VM folder in the datacenter of the group. All machines directly in it are meant, and no template."
                      }
                    }
                  },
                  "scaleDown": {
                    "type": "object",
                    "description": "Which replicas are removed first when there are too many.",
                    "properties": {
                      "order": {
                        "type": "string",
                        "enum": [
                          "Newest",
                          "Oldest",
                          "HighestOrdinal"
                        ],
                        "default": "Newest",
                        "description": "Order of removal when the state of the replicas does not decide. The state decides in this order: replicas go first that are in retire, are leaving, were never created, have a fault that needs a person, are powered off, are not ready, or are outdated."
                      }
                    }
                  },
                  "deletionPolicy": {
                    "type": "string",
                    "enum": [
                      "Delete",
                      "Orphan"
                    ],
                    "default": "Delete",
                    "description": "What happens to the virtual machines when the VmGroup is deleted. Delete destroys them and then removes the group's folder if it is empty and the operator's. Orphan removes the ownership marks and leaves machines and folder as they are."
                  },
                  "paused": {
                    "type": "boolean",
                    "default": false,
                    "description": "While true, nothing is changed in vCenter for this group. A deletion waits too. The status is still kept up to date."
                  }
                }
              },
              "status": {
                "type": "object",
                "description": "What the operator sees. Only the operator writes it.",
                "properties": {
                  "phase": {
                    "type": "string",
                    "enum": [
                      "RUNNING",
                      "STOPPED",
                      "PENDING",
                      "ERROR"
                    ],
                    "description": "Short form of the conditions: ERROR if Stalled is True, else RUNNING if Ready is True (STOPPED if spec.powerState is PoweredOff), else PENDING."
                  },
                  "currentReplicas": {
                    "type": "integer",
                    "format": "int32",
                    "description": "Number of the group's virtual machines that exist and are not being removed."
                  },
                  "desiredReplicas": {
                    "type": "integer",
                    "format": "int32",
                    "description": "spec.replicas at the time when the status was written."
                  },
                  "lastMessage": {
                    "type": "string",
                    "maxLength": 1024,
                    "description": "Message of the condition that determined the phase."
                  },
                  "observedGeneration": {
                    "type": "integer",
                    "format": "int64",
                    "description": "metadata.generation of the spec that the whole status describes."
                  },
                  "readyReplicas": {
                    "type": "integer",
                    "format": "int32",
                    "description": "Number of replicas that are ready."
                  },
                  "updatedReplicas": {
                    "type": "integer",
                    "format": "int32",
                    "description": "Number of replicas of the current revision and size."
                  },
                  "availableReplicas": {
                    "type": "integer",
                    "format": "int32",
                    "description": "Number of replicas that have been ready for at least spec.minReadySeconds."
                  },
                  "selector": {
                    "type": "string",
                    "maxLength": 253,
                    "description": "Label selector for the scale subresource. No Pod matches it, so an autoscaler can use External and Object metrics only."
                  },
                  "lastProgressTime": {
                    "type": "string",
                    "format": "date-time",
                    "description": "When the group last made progress, as spec.progressDeadlineSeconds means it."
                  },
                  "currentRevision": {
                    "type": "string",
                    "maxLength": 10,
                    "description": "Revision that all replicas had when the group was last complete."
                  },
                  "updateRevision": {
                    "type": "string",
                    "maxLength": 10,
                    "description": "Revision that the spec asks for, a hash of the fields whose change replaces replicas."
                  },
                  "sizeRevision": {
                    "type": "string",
                    "maxLength": 10,
                    "description": "Hash of the CPU, memory, hardware, sizes of disks and updateStrategy that the replicas are brought to. By it the operator knows after a restart whether another size is asked for, or a machine was resized by hand."
                  },
                  "adoptionRevision": {
                    "type": "string",
                    "maxLength": 10,
                    "description": "Hash of the spec.adopt whose machines are in the group. By it the operator knows that nothing waits for those of them that exist no more."
                  },
                  "extraConfigGiven": {
                    "type": "boolean",
                    "description": "True while a machine of the group may have settings of spec.extraConfig. By it the operator knows after a restart that settings that are no longer asked for may have to be removed."
                  },
                  "hostRuleClusters": {
                    "type": "array",
                    "maxItems": 64,
                    "x-kubernetes-list-type": "set",
                    "description": "Managed object references of the clusters that may have DRS rules of the group. By them the operator knows after a restart where rules that are no longer asked for may have to be removed.",
                    "items": {
                      "type": "string",
                      "maxLength": 64
                    }
                  },
                  "customAttributesGiven": {
                    "type": "boolean",
                    "description": "True while a machine of the group may have attributes of spec.customAttributes. By it the operator knows after a restart that attributes that are no longer asked for may have to be cleared."
                  },
                  "tagsGiven": {
                    "type": "boolean",
                    "description": "True while a machine of the group may have tags of spec.tags. By it the operator knows after a restart that tags that are no longer asked for may have to be taken off."
                  },
                  "conditions": {
                    "type": "array",
                    "maxItems": 16,
                    "description": "Details of the state: Ready, Available, Progressing, Stalled, VCenterReady, PlacementReady, WithinLimits, ConfigSynced, Paused and Deleting. A condition that is missing means Unknown.",
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
                  "vcenter": {
                    "type": "object",
                    "description": "The vCenter that holds the group, recorded when the operator first saw it.",
                    "properties": {
                      "name": {
                        "type": "string",
                        "maxLength": 253,
                        "description": "Name of the vCenter in the operator; (env) is the one of the operator's environment."
                      },
                      "host": {
                        "type": "string",
                        "maxLength": 320,
                        "description": "Host of the one of the operator's environment, with the port unless that is 443. Absent for a VCenter object, of which spec.endpoint says it."
                      },
                      "instanceUuid": {
                        "type": "string",
                        "maxLength": 36,
                        "description": "Identity of the vCenter (about.instanceUuid). If another vCenter answers under this name, nothing is changed for the group."
                      }
                    }
                  },
                  "folder": {
                    "type": "object",
                    "description": "The group's folder in vCenter.",
                    "properties": {
                      "moRef": {
                        "type": "string",
                        "maxLength": 64,
                        "description": "Managed object id."
                      },
                      "path": {
                        "type": "string",
                        "maxLength": 2048,
                        "description": "Inventory path."
                      },
                      "createdByOperator": {
                        "type": "boolean",
                        "description": "True if the operator made the folder for this group, or took it over from the original operator. A folder that the spec names the parent of is removed with the group only then."
                      }
                    }
                  },
                  "template": {
                    "type": "object",
                    "description": "What spec.template resolved to.",
                    "properties": {
                      "moRef": {
                        "type": "string",
                        "maxLength": 64,
                        "description": "Managed object id."
                      },
                      "path": {
                        "type": "string",
                        "maxLength": 2048,
                        "description": "Inventory path."
                      }
                    }
                  },
                  "replicas": {
                    "type": "array",
                    "maxItems": 1000,
                    "description": "One entry per replica, ordered by ordinal.",
                    "x-kubernetes-list-type": "atomic",
                    "items": {
                      "type": "object",
                      "required": [
                        "name",
                        "ordinal",
                        "revision"
                      ],
                      "properties": {
                        "name": {
                          "type": "string",
                          "maxLength": 80,
                          "description": "Name of the virtual machine."
                        },
                        "ordinal": {
                          "type": "integer",
                          "format": "int32",
                          "description": "Number of the replica, unique in the group. A new replica takes the lowest free number."
                        },
                        "revision": {
                          "type": "string",
                          "maxLength": 16,
                          "description": "Revision that the replica was created with."
                        },
                        "hostname": {
                          "type": "string",
                          "maxLength": 63,
                          "description": "Host name that the guest is given. Missing on a machine that was taken over: its guest has kept its own."
                        },
                        "moRef": {
                          "type": "string",
                          "maxLength": 64,
                          "description": "Managed object id of the virtual machine."
                        },
                        "instanceUuid": {
                          "type": "string",
                          "maxLength": 36,
                          "description": "config.instanceUuid of the virtual machine."
                        },
                        "powerState": {
                          "type": "string",
                          "enum": [
                            "PoweredOn",
                            "PoweredOff",
                            "Suspended"
                          ],
                          "description": "Power state in vCenter."
                        },
                        "host": {
                          "type": "string",
                          "maxLength": 253,
                          "description": "Host that runs the virtual machine."
                        },
                        "failureDomain": {
                          "type": "string",
                          "maxLength": 63,
                          "description": "Failure domain that the replica is in, told by its resource pool; of one that does not exist yet, that in which it is made. Absent where the group uses none, and for a machine that somebody moved out of all of them."
                        },
                        "ready": {
                          "type": "boolean",
                          "description": "Whether the replica is ready."
                        },
                        "notReady": {
                          "type": "string",
                          "maxLength": 256,
                          "description": "What an existing replica that is not ready lacks, such as \"the guest reports no address\". Absent for one that is ready, and in a group that is powered off."
                        },
                        "readySince": {
                          "type": "string",
                          "format": "date-time",
                          "description": "Since when the replica is ready."
                        },
                        "ips": {
                          "type": "array",
                          "maxItems": 16,
                          "description": "IP addresses that the guest reports.",
                          "x-kubernetes-list-type": "atomic",
                          "items": {
                            "type": "string",
                            "maxLength": 39
                          }
                        },
                        "task": {
                          "type": "object",
                          "description": "Operation that is in flight in vCenter.",
                          "required": [
                            "operation",
                            "startedAt"
                          ],
                          "properties": {
                            "ref": {
                              "type": "string",
                              "maxLength": 64,
                              "description": "Managed object id of the vCenter task; absent until vCenter has answered."
                            },
                            "operation": {
                              "type": "string",
                              "enum": [
                                "Clone",
                                "Reconfigure",
                                "PowerOn",
                                "PowerOff",
                                "Shutdown",
                                "Destroy",
                                "Move"
                              ],
                              "description": "What is being done. Move is reserved; it is not used today."
                            },
                            "startedAt": {
                              "type": "string",
                              "format": "date-time",
                              "description": "When it was sent."
                            }
                          }
                        },
                        "fault": {
                          "type": "object",
                          "description": "Why the replica is not as it should be. It is removed when an attempt succeeds.",
                          "required": [
                            "class",
                            "reason",
                            "message",
                            "since",
                            "attempts"
                          ],
                          "properties": {
                            "class": {
                              "type": "string",
                              "enum": [
                                "Retryable",
                                "Capacity",
                                "NeedsUser"
                              ],
                              "description": "Retryable is tried again automatically. Capacity is tried again too, and succeeds when there is room. NeedsUser waits for a change by a person."
                            },
                            "reason": {
                              "type": "string",
                              "maxLength": 64,
                              "description": "vim25 fault type, or a code of the operator."
                            },
                            "message": {
                              "type": "string",
                              "maxLength": 512,
                              "description": "What went wrong, for a person."
                            },
                            "since": {
                              "type": "string",
                              "format": "date-time",
                              "description": "When the first attempt of this series failed."
                            },
                            "attempts": {
                              "type": "integer",
                              "format": "int32",
                              "description": "Number of failed attempts of this series."
                            },
                            "retryAt": {
                              "type": "string",
                              "format": "date-time",
                              "description": "When the next attempt is due."
                            }
                          }
                        }
                      }
                    }
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
