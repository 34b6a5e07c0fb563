// Generated from charts/dashboard/ by `npm run generate`. Do not edit.

/** The dashboard of the operator for Grafana. */
export const operatorDashboard: {
  readonly uid: string;
  readonly [field: string]: unknown;
} = {
  "timezone": "browser",
  "editable": false,
  "graphTooltip": 1,
  "fiscalYearStartMonth": 0,
  "schemaVersion": 42,
  "templating": {
    "list": [
      {
        "type": "datasource",
        "name": "datasource",
        "skipUrlSync": false,
        "multi": false,
        "allowCustomValue": true,
        "includeAll": false,
        "auto": false,
        "auto_min": "10s",
        "auto_count": 30,
        "label": "Data source",
        "query": "prometheus"
      },
      {
        "type": "query",
        "name": "job",
        "skipUrlSync": false,
        "multi": true,
        "allowCustomValue": true,
        "includeAll": true,
        "auto": false,
        "auto_min": "10s",
        "auto_count": 30,
        "label": "Operator",
        "datasource": {
          "type": "prometheus",
          "uid": "$datasource"
        },
        "query": "label_values(vm_operator_build_info, job)",
        "refresh": 2,
        "sort": 1,
        "allValue": ".*",
        "current": {
          "selected": true,
          "text": "All",
          "value": "$__all"
        }
      },
      {
        "type": "query",
        "name": "vcenter",
        "skipUrlSync": false,
        "multi": true,
        "allowCustomValue": true,
        "includeAll": true,
        "auto": false,
        "auto_min": "10s",
        "auto_count": 30,
        "label": "vCenter",
        "datasource": {
          "type": "prometheus",
          "uid": "$datasource"
        },
        "query": "label_values(vsphere_connected{job=~\"$job\"}, vcenter)",
        "refresh": 2,
        "sort": 1,
        "allValue": ".*",
        "current": {
          "selected": true,
          "text": "All",
          "value": "$__all"
        }
      }
    ]
  },
  "annotations": {},
  "title": "Virtual machine groups",
  "uid": "codeconnect-vm-operator",
  "description": "Groups of virtual machines on vCenter, and the operator that keeps them",
  "tags": [
    "codeconnect-vm-operator",
    "vsphere"
  ],
  "refresh": "30s",
  "time": {
    "from": "now-3h",
    "to": "now"
  },
  "panels": [
    {
      "type": "stat",
      "transparent": false,
      "repeatDirection": "h",
      "options": {
        "graphMode": "none",
        "colorMode": "background",
        "justifyMode": "auto",
        "textMode": "auto",
        "wideLayout": true,
        "showPercentChange": false,
        "reduceOptions": {
          "calcs": [
            "lastNotNull"
          ]
        },
        "percentChangeColorMode": "standard",
        "orientation": "auto"
      },
      "title": "Alerts firing",
      "description": "Alerts of the operator that fire now. Each has a section in docs/troubleshooting.md.",
      "datasource": {
        "type": "prometheus",
        "uid": "$datasource"
      },
      "fieldConfig": {
        "defaults": {
          "unit": "short",
          "thresholds": {
            "mode": "absolute",
            "steps": [
              {
                "value": null,
                "color": "green"
              },
              {
                "value": 1,
                "color": "red"
              }
            ]
          }
        },
        "overrides": []
      },
      "targets": [
        {
          "expr": "count(ALERTS{alertname=~\"Vm(Operator|Group).*\", alertstate=\"firing\"}) or vector(0)",
          "legendFormat": "",
          "refId": "A",
          "instant": true,
          "range": false
        }
      ],
      "gridPos": {
        "h": 4,
        "w": 3,
        "x": 0,
        "y": 0
      },
      "id": 1
    },
    {
      "type": "stat",
      "transparent": false,
      "repeatDirection": "h",
      "options": {
        "graphMode": "none",
        "colorMode": "background",
        "justifyMode": "auto",
        "textMode": "auto",
        "wideLayout": true,
        "showPercentChange": false,
        "reduceOptions": {
          "calcs": [
            "lastNotNull"
          ]
        },
        "percentChangeColorMode": "standard",
        "orientation": "auto"
      },
      "title": "vCenters away",
      "description": "vCenters that are not connected: nothing is created, changed or repaired there.",
      "datasource": {
        "type": "prometheus",
        "uid": "$datasource"
      },
      "fieldConfig": {
        "defaults": {
          "unit": "short",
          "thresholds": {
            "mode": "absolute",
            "steps": [
              {
                "value": null,
                "color": "green"
              },
              {
                "value": 1,
                "color": "red"
              }
            ]
          }
        },
        "overrides": []
      },
      "targets": [
        {
          "expr": "count(max by (vcenter) (1 - vsphere_connected{job=~\"$job\", vcenter=~\"$vcenter\"} and on (job, instance, vcenter) vsphere_leading{job=~\"$job\", vcenter=~\"$vcenter\"} == 1) == 1) or vector(0)",
          "legendFormat": "",
          "refId": "A",
          "instant": true,
          "range": false
        }
      ],
      "gridPos": {
        "h": 4,
        "w": 3,
        "x": 3,
        "y": 0
      },
      "id": 2
    },
    {
      "type": "stat",
      "transparent": false,
      "repeatDirection": "h",
      "options": {
        "graphMode": "none",
        "colorMode": "background",
        "justifyMode": "auto",
        "textMode": "auto",
        "wideLayout": true,
        "showPercentChange": false,
        "reduceOptions": {
          "calcs": [
            "lastNotNull"
          ]
        },
        "percentChangeColorMode": "standard",
        "orientation": "auto"
      },
      "title": "Groups in ERROR",
      "description": "They wait for a person: kubectl get vg -A names them and the reason.",
      "datasource": {
        "type": "prometheus",
        "uid": "$datasource"
      },
      "fieldConfig": {
        "defaults": {
          "unit": "short",
          "thresholds": {
            "mode": "absolute",
            "steps": [
              {
                "value": null,
                "color": "green"
              },
              {
                "value": 1,
                "color": "red"
              }
            ]
          }
        },
        "overrides": []
      },
      "targets": [
        {
          "expr": "sum(vm_operator_vmgroup_phase{job=~\"$job\", vcenter=~\"$vcenter\", phase=\"ERROR\"})",
          "legendFormat": "",
          "refId": "A",
          "instant": true,
          "range": false
        }
      ],
      "gridPos": {
        "h": 4,
        "w": 3,
        "x": 6,
        "y": 0
      },
      "id": 3
    },
    {
      "type": "stat",
      "transparent": false,
      "repeatDirection": "h",
      "options": {
        "graphMode": "none",
        "colorMode": "background",
        "justifyMode": "auto",
        "textMode": "auto",
        "wideLayout": true,
        "showPercentChange": false,
        "reduceOptions": {
          "calcs": [
            "lastNotNull"
          ]
        },
        "percentChangeColorMode": "standard",
        "orientation": "auto"
      },
      "title": "Replicas not ready",
      "description": "Replicas that shall run and are not ready, such as in an update.",
      "datasource": {
        "type": "prometheus",
        "uid": "$datasource"
      },
      "fieldConfig": {
        "defaults": {
          "unit": "short",
          "thresholds": {
            "mode": "absolute",
            "steps": [
              {
                "value": null,
                "color": "green"
              },
              {
                "value": 1,
                "color": "yellow"
              }
            ]
          }
        },
        "overrides": []
      },
      "targets": [
        {
          "expr": "clamp_min(sum(vm_operator_replicas{job=~\"$job\", vcenter=~\"$vcenter\", state=\"desired\"}) - sum(vm_operator_replicas{job=~\"$job\", vcenter=~\"$vcenter\", state=\"ready\"}), 0)",
          "legendFormat": "",
          "refId": "A",
          "instant": true,
          "range": false
        }
      ],
      "gridPos": {
        "h": 4,
        "w": 3,
        "x": 9,
        "y": 0
      },
      "id": 4
    },
    {
      "type": "stat",
      "transparent": false,
      "repeatDirection": "h",
      "options": {
        "graphMode": "none",
        "colorMode": "background",
        "justifyMode": "auto",
        "textMode": "auto",
        "wideLayout": true,
        "showPercentChange": false,
        "reduceOptions": {
          "calcs": [
            "lastNotNull"
          ]
        },
        "percentChangeColorMode": "standard",
        "orientation": "auto"
      },
      "title": "Replicas with a fault",
      "description": "Their last step failed. Each is tried again by itself.",
      "datasource": {
        "type": "prometheus",
        "uid": "$datasource"
      },
      "fieldConfig": {
        "defaults": {
          "unit": "short",
          "thresholds": {
            "mode": "absolute",
            "steps": [
              {
                "value": null,
                "color": "green"
              },
              {
                "value": 1,
                "color": "yellow"
              }
            ]
          }
        },
        "overrides": []
      },
      "targets": [
        {
          "expr": "sum(vm_operator_replica_faults{job=~\"$job\", vcenter=~\"$vcenter\"})",
          "legendFormat": "",
          "refId": "A",
          "instant": true,
          "range": false
        }
      ],
      "gridPos": {
        "h": 4,
        "w": 3,
        "x": 12,
        "y": 0
      },
      "id": 5
    },
    {
      "type": "stat",
      "transparent": false,
      "repeatDirection": "h",
      "options": {
        "graphMode": "none",
        "colorMode": "background",
        "justifyMode": "auto",
        "textMode": "auto",
        "wideLayout": true,
        "showPercentChange": false,
        "reduceOptions": {
          "calcs": [
            "lastNotNull"
          ]
        },
        "percentChangeColorMode": "standard",
        "orientation": "auto"
      },
      "title": "Longest wait for Ready",
      "description": "How long the group has waited so far that waits longest since its last change.",
      "datasource": {
        "type": "prometheus",
        "uid": "$datasource"
      },
      "fieldConfig": {
        "defaults": {
          "unit": "s",
          "thresholds": {
            "mode": "absolute",
            "steps": [
              {
                "value": null,
                "color": "green"
              },
              {
                "value": 600,
                "color": "yellow"
              },
              {
                "value": 1800,
                "color": "red"
              }
            ]
          }
        },
        "overrides": []
      },
      "targets": [
        {
          "expr": "max(vm_operator_spec_unready_longest_seconds{job=~\"$job\"})",
          "legendFormat": "",
          "refId": "A",
          "instant": true,
          "range": false
        }
      ],
      "gridPos": {
        "h": 4,
        "w": 3,
        "x": 15,
        "y": 0
      },
      "id": 6
    },
    {
      "type": "stat",
      "transparent": false,
      "repeatDirection": "h",
      "options": {
        "graphMode": "none",
        "colorMode": "background",
        "justifyMode": "auto",
        "textMode": "auto",
        "wideLayout": true,
        "showPercentChange": false,
        "reduceOptions": {
          "calcs": [
            "lastNotNull"
          ]
        },
        "percentChangeColorMode": "standard",
        "orientation": "auto"
      },
      "title": "Leader problems",
      "description": "With no leader, the groups of that vCenter stand still. With several, two act on the same machines.",
      "datasource": {
        "type": "prometheus",
        "uid": "$datasource"
      },
      "fieldConfig": {
        "defaults": {
          "unit": "short",
          "thresholds": {
            "mode": "absolute",
            "steps": [
              {
                "value": null,
                "color": "green"
              },
              {
                "value": 1,
                "color": "red"
              }
            ]
          }
        },
        "overrides": []
      },
      "targets": [
        {
          "expr": "count(sum by (name) (leader_election_master_status{job=~\"$job\"}) != 1) or vector(0)",
          "legendFormat": "",
          "refId": "A",
          "instant": true,
          "range": false
        }
      ],
      "gridPos": {
        "h": 4,
        "w": 3,
        "x": 18,
        "y": 0
      },
      "id": 7
    },
    {
      "type": "stat",
      "transparent": false,
      "repeatDirection": "h",
      "options": {
        "graphMode": "none",
        "colorMode": "background",
        "justifyMode": "auto",
        "textMode": "auto",
        "wideLayout": true,
        "showPercentChange": false,
        "reduceOptions": {
          "calcs": [
            "lastNotNull"
          ]
        },
        "percentChangeColorMode": "standard",
        "orientation": "auto"
      },
      "title": "Certificate ends in",
      "description": "The certificate of a vCenter that ends first. An alert tells it 14 days before.",
      "datasource": {
        "type": "prometheus",
        "uid": "$datasource"
      },
      "fieldConfig": {
        "defaults": {
          "unit": "s",
          "thresholds": {
            "mode": "absolute",
            "steps": [
              {
                "value": null,
                "color": "red"
              },
              {
                "value": 259200,
                "color": "yellow"
              },
              {
                "value": 1209600,
                "color": "green"
              }
            ]
          }
        },
        "overrides": []
      },
      "targets": [
        {
          "expr": "min(vsphere_certificate_expiry_timestamp_seconds{job=~\"$job\", vcenter=~\"$vcenter\"} - time())",
          "legendFormat": "",
          "refId": "A",
          "instant": true,
          "range": false
        }
      ],
      "gridPos": {
        "h": 4,
        "w": 3,
        "x": 21,
        "y": 0
      },
      "id": 8
    },
    {
      "type": "state-timeline",
      "transparent": false,
      "repeatDirection": "h",
      "options": {
        "showValue": "never",
        "rowHeight": 0.9,
        "mergeValues": true,
        "alignValue": "left",
        "legend": {
          "displayMode": "list",
          "placement": "bottom",
          "showLegend": false,
          "calcs": []
        },
        "tooltip": {
          "mode": "single",
          "sort": "asc"
        },
        "perPage": 20
      },
      "fieldConfig": {
        "defaults": {
          "custom": {
            "lineWidth": 0,
            "fillOpacity": 70
          },
          "unit": "short",
          "thresholds": {
            "mode": "absolute",
            "steps": [
              {
                "value": null,
                "color": "red"
              }
            ]
          },
          "color": {
            "mode": "thresholds"
          }
        },
        "overrides": []
      },
      "title": "Alerts that fire",
      "description": "Which alerts, and since when. Empty is well. Each has a section in docs/troubleshooting.md.",
      "datasource": {
        "type": "prometheus",
        "uid": "$datasource"
      },
      "targets": [
        {
          "expr": "count by (alertname) (ALERTS{alertname=~\"Vm(Operator|Group).*\", alertstate=\"firing\"})",
          "legendFormat": "{{alertname}}",
          "refId": "A",
          "range": true,
          "instant": false
        }
      ],
      "gridPos": {
        "h": 8,
        "w": 24,
        "x": 0,
        "y": 4
      },
      "id": 9
    },
    {
      "type": "row",
      "collapsed": false,
      "id": 10,
      "panels": [],
      "title": "Groups",
      "gridPos": {
        "x": 0,
        "y": 12,
        "h": 1,
        "w": 24
      }
    },
    {
      "type": "timeseries",
      "transparent": false,
      "repeatDirection": "h",
      "options": {
        "legend": {
          "displayMode": "list",
          "placement": "bottom",
          "showLegend": true,
          "calcs": []
        },
        "tooltip": {
          "mode": "multi",
          "sort": "desc"
        }
      },
      "fieldConfig": {
        "defaults": {
          "custom": {
            "drawStyle": "line",
            "lineWidth": 2,
            "fillOpacity": 0,
            "showPoints": "auto"
          },
          "unit": "short",
          "thresholds": {
            "mode": "absolute",
            "steps": [
              {
                "value": null,
                "color": "green"
              }
            ]
          },
          "min": 0,
          "color": {
            "mode": "palette-classic"
          }
        },
        "overrides": [
          {
            "matcher": {
              "id": "byName",
              "options": "desired"
            },
            "properties": [
              {
                "id": "color",
                "value": {
                  "mode": "fixed",
                  "fixedColor": "text"
                }
              }
            ]
          },
          {
            "matcher": {
              "id": "byName",
              "options": "current"
            },
            "properties": [
              {
                "id": "color",
                "value": {
                  "mode": "fixed",
                  "fixedColor": "blue"
                }
              }
            ]
          },
          {
            "matcher": {
              "id": "byName",
              "options": "updated"
            },
            "properties": [
              {
                "id": "color",
                "value": {
                  "mode": "fixed",
                  "fixedColor": "purple"
                }
              }
            ]
          },
          {
            "matcher": {
              "id": "byName",
              "options": "ready"
            },
            "properties": [
              {
                "id": "color",
                "value": {
                  "mode": "fixed",
                  "fixedColor": "green"
                }
              }
            ]
          },
          {
            "matcher": {
              "id": "byName",
              "options": "stopped"
            },
            "properties": [
              {
                "id": "color",
                "value": {
                  "mode": "fixed",
                  "fixedColor": "orange"
                }
              }
            ]
          }
        ]
      },
      "title": "Replicas",
      "description": "Of groups that shall run: all lines lie on each other when all is as the specs want it, and updated lags in an update. Stopped: of groups that shall be powered off.",
      "datasource": {
        "type": "prometheus",
        "uid": "$datasource"
      },
      "targets": [
        {
          "expr": "sum(vm_operator_replicas{job=~\"$job\", vcenter=~\"$vcenter\", state=\"desired\"})",
          "legendFormat": "desired",
          "refId": "A",
          "range": true,
          "instant": false
        },
        {
          "expr": "sum(vm_operator_replicas{job=~\"$job\", vcenter=~\"$vcenter\", state=\"current\"})",
          "legendFormat": "current",
          "refId": "B",
          "range": true,
          "instant": false
        },
        {
          "expr": "sum(vm_operator_replicas{job=~\"$job\", vcenter=~\"$vcenter\", state=\"updated\"})",
          "legendFormat": "updated",
          "refId": "C",
          "range": true,
          "instant": false
        },
        {
          "expr": "sum(vm_operator_replicas{job=~\"$job\", vcenter=~\"$vcenter\", state=\"ready\"})",
          "legendFormat": "ready",
          "refId": "D",
          "range": true,
          "instant": false
        },
        {
          "expr": "sum(vm_operator_replicas{job=~\"$job\", vcenter=~\"$vcenter\", state=\"stopped\"})",
          "legendFormat": "stopped",
          "refId": "E",
          "range": true,
          "instant": false
        }
      ],
      "gridPos": {
        "h": 7,
        "w": 8,
        "x": 0,
        "y": 13
      },
      "id": 11
    },
    {
      "type": "timeseries",
      "transparent": false,
      "repeatDirection": "h",
      "options": {
        "legend": {
          "displayMode": "list",
          "placement": "bottom",
          "showLegend": true,
          "calcs": []
        },
        "tooltip": {
          "mode": "multi",
          "sort": "desc"
        }
      },
      "fieldConfig": {
        "defaults": {
          "custom": {
            "drawStyle": "line",
            "lineWidth": 1,
            "fillOpacity": 40,
            "showPoints": "auto",
            "stacking": {
              "mode": "normal"
            }
          },
          "unit": "short",
          "thresholds": {
            "mode": "absolute",
            "steps": [
              {
                "value": null,
                "color": "green"
              }
            ]
          },
          "min": 0,
          "color": {
            "mode": "palette-classic"
          }
        },
        "overrides": [
          {
            "matcher": {
              "id": "byName",
              "options": "RUNNING"
            },
            "properties": [
              {
                "id": "color",
                "value": {
                  "mode": "fixed",
                  "fixedColor": "green"
                }
              }
            ]
          },
          {
            "matcher": {
              "id": "byName",
              "options": "STOPPED"
            },
            "properties": [
              {
                "id": "color",
                "value": {
                  "mode": "fixed",
                  "fixedColor": "blue"
                }
              }
            ]
          },
          {
            "matcher": {
              "id": "byName",
              "options": "PENDING"
            },
            "properties": [
              {
                "id": "color",
                "value": {
                  "mode": "fixed",
                  "fixedColor": "yellow"
                }
              }
            ]
          },
          {
            "matcher": {
              "id": "byName",
              "options": "ERROR"
            },
            "properties": [
              {
                "id": "color",
                "value": {
                  "mode": "fixed",
                  "fixedColor": "red"
                }
              }
            ]
          },
          {
            "matcher": {
              "id": "byName",
              "options": "None"
            },
            "properties": [
              {
                "id": "color",
                "value": {
                  "mode": "fixed",
                  "fixedColor": "text"
                }
              }
            ]
          }
        ]
      },
      "title": "Groups by phase",
      "description": "ERROR waits for a person; PENDING goes on by itself.",
      "datasource": {
        "type": "prometheus",
        "uid": "$datasource"
      },
      "targets": [
        {
          "expr": "sum by (phase) (vm_operator_vmgroup_phase{job=~\"$job\", vcenter=~\"$vcenter\"})",
          "legendFormat": "{{phase}}",
          "refId": "A",
          "range": true,
          "instant": false
        }
      ],
      "gridPos": {
        "h": 7,
        "w": 8,
        "x": 8,
        "y": 13
      },
      "id": 12
    },
    {
      "type": "timeseries",
      "transparent": false,
      "repeatDirection": "h",
      "options": {
        "legend": {
          "displayMode": "list",
          "placement": "bottom",
          "showLegend": true,
          "calcs": []
        },
        "tooltip": {
          "mode": "multi",
          "sort": "desc"
        }
      },
      "fieldConfig": {
        "defaults": {
          "custom": {
            "drawStyle": "line",
            "lineWidth": 1,
            "fillOpacity": 40,
            "showPoints": "auto",
            "stacking": {
              "mode": "normal"
            }
          },
          "unit": "short",
          "thresholds": {
            "mode": "absolute",
            "steps": [
              {
                "value": null,
                "color": "green"
              }
            ]
          },
          "min": 0,
          "color": {
            "mode": "palette-classic"
          }
        },
        "overrides": [
          {
            "matcher": {
              "id": "byName",
              "options": "Retryable"
            },
            "properties": [
              {
                "id": "color",
                "value": {
                  "mode": "fixed",
                  "fixedColor": "yellow"
                }
              }
            ]
          },
          {
            "matcher": {
              "id": "byName",
              "options": "Capacity"
            },
            "properties": [
              {
                "id": "color",
                "value": {
                  "mode": "fixed",
                  "fixedColor": "orange"
                }
              }
            ]
          },
          {
            "matcher": {
              "id": "byName",
              "options": "NeedsUser"
            },
            "properties": [
              {
                "id": "color",
                "value": {
                  "mode": "fixed",
                  "fixedColor": "red"
                }
              }
            ]
          }
        ]
      },
      "title": "Replicas with a fault",
      "description": "Capacity: no room. NeedsUser: for a person. Retryable: it passes.",
      "datasource": {
        "type": "prometheus",
        "uid": "$datasource"
      },
      "targets": [
        {
          "expr": "sum by (class) (vm_operator_replica_faults{job=~\"$job\", vcenter=~\"$vcenter\"})",
          "legendFormat": "{{class}}",
          "refId": "A",
          "range": true,
          "instant": false
        }
      ],
      "gridPos": {
        "h": 7,
        "w": 8,
        "x": 16,
        "y": 13
      },
      "id": 13
    },
    {
      "type": "timeseries",
      "transparent": false,
      "repeatDirection": "h",
      "options": {
        "legend": {
          "displayMode": "list",
          "placement": "bottom",
          "showLegend": true,
          "calcs": []
        },
        "tooltip": {
          "mode": "multi",
          "sort": "desc"
        }
      },
      "fieldConfig": {
        "defaults": {
          "custom": {
            "drawStyle": "line",
            "lineWidth": 2,
            "fillOpacity": 0,
            "showPoints": "auto"
          },
          "unit": "s",
          "thresholds": {
            "mode": "absolute",
            "steps": [
              {
                "value": null,
                "color": "green"
              }
            ]
          },
          "min": 0,
          "color": {
            "mode": "palette-classic"
          }
        },
        "overrides": []
      },
      "title": "From a change of the spec to Ready",
      "description": "Within which time half and nine of ten were ready, in the last hour.",
      "datasource": {
        "type": "prometheus",
        "uid": "$datasource"
      },
      "targets": [
        {
          "expr": "histogram_quantile(0.5, sum by (le, change) (rate(vm_operator_spec_to_ready_seconds_bucket{job=~\"$job\"}[1h])))",
          "legendFormat": "{{change}}, half",
          "refId": "A",
          "range": true,
          "instant": false
        },
        {
          "expr": "histogram_quantile(0.9, sum by (le, change) (rate(vm_operator_spec_to_ready_seconds_bucket{job=~\"$job\"}[1h])))",
          "legendFormat": "{{change}}, 9 of 10",
          "refId": "B",
          "range": true,
          "instant": false
        }
      ],
      "gridPos": {
        "h": 7,
        "w": 8,
        "x": 0,
        "y": 20
      },
      "id": 14
    },
    {
      "type": "timeseries",
      "transparent": false,
      "repeatDirection": "h",
      "options": {
        "legend": {
          "displayMode": "list",
          "placement": "bottom",
          "showLegend": true,
          "calcs": []
        },
        "tooltip": {
          "mode": "multi",
          "sort": "desc"
        }
      },
      "fieldConfig": {
        "defaults": {
          "custom": {
            "drawStyle": "line",
            "lineWidth": 2,
            "fillOpacity": 0,
            "showPoints": "auto"
          },
          "unit": "s",
          "thresholds": {
            "mode": "absolute",
            "steps": [
              {
                "value": null,
                "color": "green"
              }
            ]
          },
          "min": 0,
          "color": {
            "mode": "palette-classic"
          }
        },
        "overrides": []
      },
      "title": "From a drift to its repair",
      "description": "Within which time nine of ten replicas were right again after a change behind our back, in the last hour.",
      "datasource": {
        "type": "prometheus",
        "uid": "$datasource"
      },
      "targets": [
        {
          "expr": "histogram_quantile(0.9, sum by (le, drift) (rate(vm_operator_drift_to_repair_seconds_bucket{job=~\"$job\"}[1h])))",
          "legendFormat": "{{drift}}",
          "refId": "A",
          "range": true,
          "instant": false
        }
      ],
      "gridPos": {
        "h": 7,
        "w": 8,
        "x": 8,
        "y": 20
      },
      "id": 15
    },
    {
      "type": "timeseries",
      "transparent": false,
      "repeatDirection": "h",
      "options": {
        "legend": {
          "displayMode": "list",
          "placement": "bottom",
          "showLegend": true,
          "calcs": []
        },
        "tooltip": {
          "mode": "multi",
          "sort": "desc"
        }
      },
      "fieldConfig": {
        "defaults": {
          "custom": {
            "drawStyle": "line",
            "lineWidth": 2,
            "fillOpacity": 0,
            "showPoints": "auto"
          },
          "unit": "s",
          "thresholds": {
            "mode": "absolute",
            "steps": [
              {
                "value": null,
                "color": "green"
              }
            ]
          },
          "min": 0,
          "color": {
            "mode": "palette-classic"
          }
        },
        "overrides": []
      },
      "title": "Longest wait for Ready",
      "description": "Of the group that waits longest since its last change. It grows until that one is ready.",
      "datasource": {
        "type": "prometheus",
        "uid": "$datasource"
      },
      "targets": [
        {
          "expr": "max(vm_operator_spec_unready_longest_seconds{job=~\"$job\"})",
          "legendFormat": "longest",
          "refId": "A",
          "range": true,
          "instant": false
        }
      ],
      "gridPos": {
        "h": 7,
        "w": 8,
        "x": 16,
        "y": 20
      },
      "id": 16
    },
    {
      "type": "row",
      "collapsed": false,
      "id": 17,
      "panels": [],
      "title": "vCenter",
      "gridPos": {
        "x": 0,
        "y": 27,
        "h": 1,
        "w": 24
      }
    },
    {
      "type": "timeseries",
      "transparent": false,
      "repeatDirection": "h",
      "options": {
        "legend": {
          "displayMode": "list",
          "placement": "bottom",
          "showLegend": true,
          "calcs": []
        },
        "tooltip": {
          "mode": "multi",
          "sort": "desc"
        }
      },
      "fieldConfig": {
        "defaults": {
          "custom": {
            "drawStyle": "line",
            "lineWidth": 2,
            "fillOpacity": 0,
            "showPoints": "auto"
          },
          "unit": "s",
          "thresholds": {
            "mode": "absolute",
            "steps": [
              {
                "value": null,
                "color": "green"
              }
            ]
          },
          "min": 0,
          "color": {
            "mode": "palette-classic"
          }
        },
        "overrides": []
      },
      "title": "Not connected since",
      "description": "It grows while a vCenter is not connected; the code tells why.",
      "datasource": {
        "type": "prometheus",
        "uid": "$datasource"
      },
      "targets": [
        {
          "expr": "max by (vcenter) (vsphere_not_connected_seconds{job=~\"$job\", vcenter=~\"$vcenter\"})",
          "legendFormat": "{{vcenter}}",
          "refId": "A",
          "range": true,
          "instant": false
        }
      ],
      "gridPos": {
        "h": 7,
        "w": 8,
        "x": 0,
        "y": 28
      },
      "id": 18
    },
    {
      "type": "timeseries",
      "transparent": false,
      "repeatDirection": "h",
      "options": {
        "legend": {
          "displayMode": "list",
          "placement": "bottom",
          "showLegend": true,
          "calcs": []
        },
        "tooltip": {
          "mode": "multi",
          "sort": "desc"
        }
      },
      "fieldConfig": {
        "defaults": {
          "custom": {
            "drawStyle": "line",
            "lineWidth": 2,
            "fillOpacity": 0,
            "showPoints": "auto"
          },
          "unit": "s",
          "thresholds": {
            "mode": "absolute",
            "steps": [
              {
                "value": null,
                "color": "green"
              }
            ]
          },
          "min": 0,
          "color": {
            "mode": "palette-classic"
          }
        },
        "overrides": []
      },
      "title": "Silence of the stream",
      "description": "vCenter answers the wait for changes once a minute at least. Above 70 s it does not.",
      "datasource": {
        "type": "prometheus",
        "uid": "$datasource"
      },
      "targets": [
        {
          "expr": "max by (vcenter) (vsphere_stream_silence_seconds{job=~\"$job\", vcenter=~\"$vcenter\"})",
          "legendFormat": "{{vcenter}}",
          "refId": "A",
          "range": true,
          "instant": false
        }
      ],
      "gridPos": {
        "h": 7,
        "w": 8,
        "x": 8,
        "y": 28
      },
      "id": 19
    },
    {
      "type": "timeseries",
      "transparent": false,
      "repeatDirection": "h",
      "options": {
        "legend": {
          "displayMode": "list",
          "placement": "bottom",
          "showLegend": true,
          "calcs": []
        },
        "tooltip": {
          "mode": "multi",
          "sort": "desc"
        }
      },
      "fieldConfig": {
        "defaults": {
          "custom": {
            "drawStyle": "line",
            "lineWidth": 1,
            "fillOpacity": 40,
            "showPoints": "auto",
            "stacking": {
              "mode": "normal"
            }
          },
          "unit": "short",
          "thresholds": {
            "mode": "absolute",
            "steps": [
              {
                "value": null,
                "color": "green"
              }
            ]
          },
          "min": 0,
          "color": {
            "mode": "palette-classic"
          }
        },
        "overrides": []
      },
      "title": "Failed to connect",
      "description": "Why a vCenter is not connected: docs/failures.md tells what to do for each code.",
      "datasource": {
        "type": "prometheus",
        "uid": "$datasource"
      },
      "targets": [
        {
          "expr": "max by (vcenter, code) (vsphere_connection_failure{job=~\"$job\", vcenter=~\"$vcenter\"})",
          "legendFormat": "{{vcenter}} {{code}}",
          "refId": "A",
          "range": true,
          "instant": false
        }
      ],
      "gridPos": {
        "h": 7,
        "w": 8,
        "x": 16,
        "y": 28
      },
      "id": 20
    },
    {
      "type": "timeseries",
      "transparent": false,
      "repeatDirection": "h",
      "options": {
        "legend": {
          "displayMode": "list",
          "placement": "bottom",
          "showLegend": true,
          "calcs": []
        },
        "tooltip": {
          "mode": "multi",
          "sort": "desc"
        }
      },
      "fieldConfig": {
        "defaults": {
          "custom": {
            "drawStyle": "line",
            "lineWidth": 1,
            "fillOpacity": 40,
            "showPoints": "auto",
            "stacking": {
              "mode": "normal"
            }
          },
          "unit": "opm",
          "thresholds": {
            "mode": "absolute",
            "steps": [
              {
                "value": null,
                "color": "green"
              }
            ]
          },
          "min": 0,
          "color": {
            "mode": "palette-classic"
          }
        },
        "overrides": []
      },
      "title": "Operations that ended",
      "description": "Operations in vCenter with their tasks.",
      "datasource": {
        "type": "prometheus",
        "uid": "$datasource"
      },
      "targets": [
        {
          "expr": "60 * sum by (operation) (rate(vm_operator_operation_duration_seconds_count{job=~\"$job\"}[$__rate_interval])) > 0",
          "legendFormat": "{{operation}}",
          "refId": "A",
          "range": true,
          "instant": false
        }
      ],
      "gridPos": {
        "h": 7,
        "w": 8,
        "x": 0,
        "y": 35
      },
      "id": 21
    },
    {
      "type": "timeseries",
      "transparent": false,
      "repeatDirection": "h",
      "options": {
        "legend": {
          "displayMode": "list",
          "placement": "bottom",
          "showLegend": true,
          "calcs": []
        },
        "tooltip": {
          "mode": "multi",
          "sort": "desc"
        }
      },
      "fieldConfig": {
        "defaults": {
          "custom": {
            "drawStyle": "line",
            "lineWidth": 1,
            "fillOpacity": 40,
            "showPoints": "auto",
            "stacking": {
              "mode": "normal"
            }
          },
          "unit": "opm",
          "thresholds": {
            "mode": "absolute",
            "steps": [
              {
                "value": null,
                "color": "green"
              }
            ]
          },
          "min": 0,
          "color": {
            "mode": "palette-classic"
          }
        },
        "overrides": []
      },
      "title": "Operations that failed",
      "description": "By the class of the fault. Capacity and NeedsUser do not pass by themselves.",
      "datasource": {
        "type": "prometheus",
        "uid": "$datasource"
      },
      "targets": [
        {
          "expr": "60 * sum by (operation, class) (rate(vm_operator_operation_faults_total{job=~\"$job\"}[$__rate_interval])) > 0",
          "legendFormat": "{{operation}}, {{class}}",
          "refId": "A",
          "range": true,
          "instant": false
        }
      ],
      "gridPos": {
        "h": 7,
        "w": 8,
        "x": 8,
        "y": 35
      },
      "id": 22
    },
    {
      "type": "timeseries",
      "transparent": false,
      "repeatDirection": "h",
      "options": {
        "legend": {
          "displayMode": "list",
          "placement": "bottom",
          "showLegend": true,
          "calcs": []
        },
        "tooltip": {
          "mode": "multi",
          "sort": "desc"
        }
      },
      "fieldConfig": {
        "defaults": {
          "custom": {
            "drawStyle": "line",
            "lineWidth": 2,
            "fillOpacity": 0,
            "showPoints": "auto"
          },
          "unit": "s",
          "thresholds": {
            "mode": "absolute",
            "steps": [
              {
                "value": null,
                "color": "green"
              }
            ]
          },
          "min": 0,
          "color": {
            "mode": "palette-classic"
          }
        },
        "overrides": []
      },
      "title": "Time of operations",
      "description": "Within which time nine of ten ended, in the last hour.",
      "datasource": {
        "type": "prometheus",
        "uid": "$datasource"
      },
      "targets": [
        {
          "expr": "histogram_quantile(0.9, sum by (le, operation) (rate(vm_operator_operation_duration_seconds_bucket{job=~\"$job\", outcome=\"Succeeded\"}[1h])))",
          "legendFormat": "{{operation}}",
          "refId": "A",
          "range": true,
          "instant": false
        }
      ],
      "gridPos": {
        "h": 7,
        "w": 8,
        "x": 16,
        "y": 35
      },
      "id": 23
    },
    {
      "type": "timeseries",
      "transparent": false,
      "repeatDirection": "h",
      "options": {
        "legend": {
          "displayMode": "list",
          "placement": "bottom",
          "showLegend": true,
          "calcs": []
        },
        "tooltip": {
          "mode": "multi",
          "sort": "desc"
        }
      },
      "fieldConfig": {
        "defaults": {
          "custom": {
            "drawStyle": "line",
            "lineWidth": 2,
            "fillOpacity": 0,
            "showPoints": "auto"
          },
          "unit": "short",
          "thresholds": {
            "mode": "absolute",
            "steps": [
              {
                "value": null,
                "color": "green"
              }
            ]
          },
          "min": 0,
          "color": {
            "mode": "palette-classic"
          }
        },
        "overrides": [
          {
            "matcher": {
              "id": "byName",
              "options": "in_flight"
            },
            "properties": [
              {
                "id": "color",
                "value": {
                  "mode": "fixed",
                  "fixedColor": "blue"
                }
              }
            ]
          },
          {
            "matcher": {
              "id": "byName",
              "options": "waiting"
            },
            "properties": [
              {
                "id": "color",
                "value": {
                  "mode": "fixed",
                  "fixedColor": "yellow"
                }
              }
            ]
          },
          {
            "matcher": {
              "id": "byName",
              "options": "overdue"
            },
            "properties": [
              {
                "id": "color",
                "value": {
                  "mode": "fixed",
                  "fixedColor": "red"
                }
              }
            ]
          },
          {
            "matcher": {
              "id": "byName",
              "options": "limit"
            },
            "properties": [
              {
                "id": "color",
                "value": {
                  "mode": "fixed",
                  "fixedColor": "text"
                }
              }
            ]
          }
        ]
      },
      "title": "Work under way",
      "description": "Steps in both lanes. Work waits once as much is in flight as the limit allows. Overdue work hangs.",
      "datasource": {
        "type": "prometheus",
        "uid": "$datasource"
      },
      "targets": [
        {
          "expr": "sum by (state) (vsphere_work{job=~\"$job\", vcenter=~\"$vcenter\"})",
          "legendFormat": "{{state}}",
          "refId": "A",
          "range": true,
          "instant": false
        }
      ],
      "gridPos": {
        "h": 7,
        "w": 8,
        "x": 0,
        "y": 42
      },
      "id": 24
    },
    {
      "type": "timeseries",
      "transparent": false,
      "repeatDirection": "h",
      "options": {
        "legend": {
          "displayMode": "list",
          "placement": "bottom",
          "showLegend": true,
          "calcs": []
        },
        "tooltip": {
          "mode": "multi",
          "sort": "desc"
        }
      },
      "fieldConfig": {
        "defaults": {
          "custom": {
            "drawStyle": "line",
            "lineWidth": 2,
            "fillOpacity": 0,
            "showPoints": "auto"
          },
          "unit": "s",
          "thresholds": {
            "mode": "absolute",
            "steps": [
              {
                "value": null,
                "color": "green"
              }
            ]
          },
          "min": 0,
          "color": {
            "mode": "palette-classic"
          }
        },
        "overrides": []
      },
      "title": "Wait for a turn",
      "description": "How long nine of ten steps waited for the budget before they were sent, in the last hour.",
      "datasource": {
        "type": "prometheus",
        "uid": "$datasource"
      },
      "targets": [
        {
          "expr": "histogram_quantile(0.9, sum by (le, lane) (rate(vsphere_work_wait_seconds_bucket{job=~\"$job\"}[1h])))",
          "legendFormat": "{{lane}}",
          "refId": "A",
          "range": true,
          "instant": false
        }
      ],
      "gridPos": {
        "h": 7,
        "w": 8,
        "x": 8,
        "y": 42
      },
      "id": 25
    },
    {
      "type": "timeseries",
      "transparent": false,
      "repeatDirection": "h",
      "options": {
        "legend": {
          "displayMode": "list",
          "placement": "bottom",
          "showLegend": true,
          "calcs": []
        },
        "tooltip": {
          "mode": "multi",
          "sort": "desc"
        }
      },
      "fieldConfig": {
        "defaults": {
          "custom": {
            "drawStyle": "line",
            "lineWidth": 2,
            "fillOpacity": 0,
            "showPoints": "auto"
          },
          "unit": "s",
          "thresholds": {
            "mode": "absolute",
            "steps": [
              {
                "value": null,
                "color": "green"
              }
            ]
          },
          "min": 0,
          "color": {
            "mode": "palette-classic"
          }
        },
        "overrides": []
      },
      "title": "Time of calls",
      "description": "Within which time vCenter answered, in the last hour. Without the wait for updates, which lasts by design.",
      "datasource": {
        "type": "prometheus",
        "uid": "$datasource"
      },
      "targets": [
        {
          "expr": "histogram_quantile(0.5, sum by (le) (rate(vsphere_call_duration_seconds_bucket{job=~\"$job\", method!=\"WaitForUpdatesEx\"}[1h])))",
          "legendFormat": "half",
          "refId": "A",
          "range": true,
          "instant": false
        },
        {
          "expr": "histogram_quantile(0.9, sum by (le) (rate(vsphere_call_duration_seconds_bucket{job=~\"$job\", method!=\"WaitForUpdatesEx\"}[1h])))",
          "legendFormat": "9 of 10",
          "refId": "B",
          "range": true,
          "instant": false
        },
        {
          "expr": "histogram_quantile(0.99, sum by (le) (rate(vsphere_call_duration_seconds_bucket{job=~\"$job\", method!=\"WaitForUpdatesEx\"}[1h])))",
          "legendFormat": "99 of 100",
          "refId": "C",
          "range": true,
          "instant": false
        }
      ],
      "gridPos": {
        "h": 7,
        "w": 8,
        "x": 16,
        "y": 42
      },
      "id": 26
    },
    {
      "type": "timeseries",
      "transparent": false,
      "repeatDirection": "h",
      "options": {
        "legend": {
          "displayMode": "list",
          "placement": "bottom",
          "showLegend": true,
          "calcs": []
        },
        "tooltip": {
          "mode": "multi",
          "sort": "desc"
        }
      },
      "fieldConfig": {
        "defaults": {
          "custom": {
            "drawStyle": "line",
            "lineWidth": 1,
            "fillOpacity": 40,
            "showPoints": "auto",
            "stacking": {
              "mode": "normal"
            }
          },
          "unit": "reqps",
          "thresholds": {
            "mode": "absolute",
            "steps": [
              {
                "value": null,
                "color": "green"
              }
            ]
          },
          "min": 0,
          "color": {
            "mode": "palette-classic"
          }
        },
        "overrides": [
          {
            "matcher": {
              "id": "byName",
              "options": "OK"
            },
            "properties": [
              {
                "id": "color",
                "value": {
                  "mode": "fixed",
                  "fixedColor": "green"
                }
              }
            ]
          },
          {
            "matcher": {
              "id": "byName",
              "options": "other"
            },
            "properties": [
              {
                "id": "color",
                "value": {
                  "mode": "fixed",
                  "fixedColor": "red"
                }
              }
            ]
          }
        ]
      },
      "title": "Calls",
      "description": "Calls to vCenter, and those that it refused or that were lost.",
      "datasource": {
        "type": "prometheus",
        "uid": "$datasource"
      },
      "targets": [
        {
          "expr": "sum(rate(vsphere_calls_total{job=~\"$job\", code=\"OK\"}[$__rate_interval]))",
          "legendFormat": "OK",
          "refId": "A",
          "range": true,
          "instant": false
        },
        {
          "expr": "sum(rate(vsphere_calls_total{job=~\"$job\", code!=\"OK\"}[$__rate_interval]))",
          "legendFormat": "other",
          "refId": "B",
          "range": true,
          "instant": false
        }
      ],
      "gridPos": {
        "h": 7,
        "w": 8,
        "x": 0,
        "y": 49
      },
      "id": 27
    },
    {
      "type": "timeseries",
      "transparent": false,
      "repeatDirection": "h",
      "options": {
        "legend": {
          "displayMode": "list",
          "placement": "bottom",
          "showLegend": true,
          "calcs": []
        },
        "tooltip": {
          "mode": "multi",
          "sort": "desc"
        }
      },
      "fieldConfig": {
        "defaults": {
          "custom": {
            "drawStyle": "line",
            "lineWidth": 1,
            "fillOpacity": 40,
            "showPoints": "auto",
            "stacking": {
              "mode": "normal"
            }
          },
          "unit": "reqps",
          "thresholds": {
            "mode": "absolute",
            "steps": [
              {
                "value": null,
                "color": "green"
              }
            ]
          },
          "min": 0,
          "color": {
            "mode": "palette-classic"
          }
        },
        "overrides": []
      },
      "title": "Calls that vCenter refused",
      "description": "By fault or code, of all calls. A fault that ends a task later is among the operations that failed.",
      "datasource": {
        "type": "prometheus",
        "uid": "$datasource"
      },
      "targets": [
        {
          "expr": "sum by (code) (rate(vsphere_calls_total{job=~\"$job\", code!=\"OK\"}[$__rate_interval])) > 0",
          "legendFormat": "{{code}}",
          "refId": "A",
          "range": true,
          "instant": false
        }
      ],
      "gridPos": {
        "h": 7,
        "w": 8,
        "x": 8,
        "y": 49
      },
      "id": 28
    },
    {
      "type": "timeseries",
      "transparent": false,
      "repeatDirection": "h",
      "options": {
        "legend": {
          "displayMode": "list",
          "placement": "bottom",
          "showLegend": true,
          "calcs": []
        },
        "tooltip": {
          "mode": "multi",
          "sort": "desc"
        }
      },
      "fieldConfig": {
        "defaults": {
          "custom": {
            "drawStyle": "line",
            "lineWidth": 2,
            "fillOpacity": 0,
            "showPoints": "auto"
          },
          "unit": "short",
          "thresholds": {
            "mode": "absolute",
            "steps": [
              {
                "value": null,
                "color": "green"
              }
            ]
          },
          "min": 0,
          "color": {
            "mode": "palette-classic"
          }
        },
        "overrides": []
      },
      "title": "Sessions and inventory",
      "description": "Sessions that vCenter ended, reads of the whole inventory, and values that could not be read, in the last hour.",
      "datasource": {
        "type": "prometheus",
        "uid": "$datasource"
      },
      "targets": [
        {
          "expr": "sum(increase(vsphere_sessions_expired_total{job=~\"$job\"}[1h]))",
          "legendFormat": "sessions ended",
          "refId": "A",
          "range": true,
          "instant": false
        },
        {
          "expr": "sum(increase(vsphere_inventory_reads_total{job=~\"$job\"}[1h]))",
          "legendFormat": "inventory reads",
          "refId": "B",
          "range": true,
          "instant": false
        },
        {
          "expr": "sum(increase(vsphere_unreadable_values_total{job=~\"$job\"}[1h]))",
          "legendFormat": "unreadable values",
          "refId": "C",
          "range": true,
          "instant": false
        }
      ],
      "gridPos": {
        "h": 7,
        "w": 8,
        "x": 16,
        "y": 49
      },
      "id": 29
    },
    {
      "type": "row",
      "collapsed": false,
      "id": 30,
      "panels": [],
      "title": "Limits",
      "gridPos": {
        "x": 0,
        "y": 56,
        "h": 1,
        "w": 24
      }
    },
    {
      "type": "bargauge",
      "transparent": false,
      "repeatDirection": "h",
      "options": {
        "displayMode": "gradient",
        "valueMode": "color",
        "namePlacement": "auto",
        "showUnfilled": true,
        "sizing": "auto",
        "minVizWidth": 8,
        "minVizHeight": 16,
        "legend": {
          "displayMode": "list",
          "placement": "bottom",
          "showLegend": false,
          "calcs": []
        },
        "reduceOptions": {
          "calcs": [
            "lastNotNull"
          ]
        },
        "maxVizHeight": 300,
        "orientation": "horizontal"
      },
      "title": "Limits of vCenters",
      "description": "Used part of spec.limits.total. At 100 % no group gets another machine.",
      "datasource": {
        "type": "prometheus",
        "uid": "$datasource"
      },
      "fieldConfig": {
        "defaults": {
          "unit": "percentunit",
          "thresholds": {
            "mode": "absolute",
            "steps": [
              {
                "value": null,
                "color": "green"
              },
              {
                "value": 0.75,
                "color": "yellow"
              },
              {
                "value": 0.9,
                "color": "red"
              }
            ]
          },
          "min": 0,
          "max": 1
        },
        "overrides": []
      },
      "targets": [
        {
          "expr": "max by (vcenter, resource) (vm_operator_vcenter_usage{job=~\"$job\", vcenter=~\"$vcenter\"}) / max by (vcenter, resource) (vm_operator_vcenter_limit{job=~\"$job\", vcenter=~\"$vcenter\"})",
          "legendFormat": "{{vcenter}} {{resource}}",
          "refId": "A",
          "instant": true,
          "range": false
        }
      ],
      "gridPos": {
        "h": 7,
        "w": 8,
        "x": 0,
        "y": 57
      },
      "id": 31
    },
    {
      "type": "bargauge",
      "transparent": false,
      "repeatDirection": "h",
      "options": {
        "displayMode": "gradient",
        "valueMode": "color",
        "namePlacement": "auto",
        "showUnfilled": true,
        "sizing": "auto",
        "minVizWidth": 8,
        "minVizHeight": 16,
        "legend": {
          "displayMode": "list",
          "placement": "bottom",
          "showLegend": false,
          "calcs": []
        },
        "reduceOptions": {
          "calcs": [
            "lastNotNull"
          ]
        },
        "maxVizHeight": 300,
        "orientation": "horizontal"
      },
      "title": "Namespaces nearest to their limit",
      "description": "The 10 that have used most of spec.limits.perNamespace.",
      "datasource": {
        "type": "prometheus",
        "uid": "$datasource"
      },
      "fieldConfig": {
        "defaults": {
          "unit": "percentunit",
          "thresholds": {
            "mode": "absolute",
            "steps": [
              {
                "value": null,
                "color": "green"
              },
              {
                "value": 0.75,
                "color": "yellow"
              },
              {
                "value": 1,
                "color": "red"
              }
            ]
          },
          "min": 0,
          "max": 1
        },
        "overrides": []
      },
      "targets": [
        {
          "expr": "topk(10, max by (vcenter, namespace, resource) (vm_operator_namespace_usage{job=~\"$job\", vcenter=~\"$vcenter\"}) / on (vcenter, resource) group_left max by (vcenter, resource) (vm_operator_namespace_limit{job=~\"$job\", vcenter=~\"$vcenter\"}))",
          "legendFormat": "{{namespace}} {{resource}}",
          "refId": "A",
          "instant": true,
          "range": false
        }
      ],
      "gridPos": {
        "h": 7,
        "w": 8,
        "x": 8,
        "y": 57
      },
      "id": 32
    },
    {
      "type": "timeseries",
      "transparent": false,
      "repeatDirection": "h",
      "options": {
        "legend": {
          "displayMode": "list",
          "placement": "bottom",
          "showLegend": true,
          "calcs": []
        },
        "tooltip": {
          "mode": "multi",
          "sort": "desc"
        }
      },
      "fieldConfig": {
        "defaults": {
          "custom": {
            "drawStyle": "line",
            "lineWidth": 2,
            "fillOpacity": 0,
            "showPoints": "auto"
          },
          "unit": "short",
          "thresholds": {
            "mode": "absolute",
            "steps": [
              {
                "value": null,
                "color": "green"
              }
            ]
          },
          "min": 0,
          "color": {
            "mode": "palette-classic"
          }
        },
        "overrides": []
      },
      "title": "Machines",
      "description": "Machines with our marks, and those whose VmGroup is gone, which nobody repairs or removes.",
      "datasource": {
        "type": "prometheus",
        "uid": "$datasource"
      },
      "targets": [
        {
          "expr": "max by (vcenter) (vm_operator_vcenter_usage{job=~\"$job\", vcenter=~\"$vcenter\", resource=\"vms\"})",
          "legendFormat": "{{vcenter}}",
          "refId": "A",
          "range": true,
          "instant": false
        },
        {
          "expr": "max by (vcenter) (vm_operator_unowned_machines{job=~\"$job\", vcenter=~\"$vcenter\"})",
          "legendFormat": "{{vcenter}} unowned",
          "refId": "B",
          "range": true,
          "instant": false
        }
      ],
      "gridPos": {
        "h": 7,
        "w": 8,
        "x": 16,
        "y": 57
      },
      "id": 33
    },
    {
      "type": "row",
      "collapsed": false,
      "id": 34,
      "panels": [],
      "title": "Operator",
      "gridPos": {
        "x": 0,
        "y": 64,
        "h": 1,
        "w": 24
      }
    },
    {
      "type": "timeseries",
      "transparent": false,
      "repeatDirection": "h",
      "options": {
        "legend": {
          "displayMode": "list",
          "placement": "bottom",
          "showLegend": true,
          "calcs": []
        },
        "tooltip": {
          "mode": "multi",
          "sort": "desc"
        }
      },
      "fieldConfig": {
        "defaults": {
          "custom": {
            "drawStyle": "line",
            "lineWidth": 2,
            "fillOpacity": 0,
            "showPoints": "auto"
          },
          "unit": "short",
          "thresholds": {
            "mode": "absolute",
            "steps": [
              {
                "value": null,
                "color": "green"
              }
            ]
          },
          "min": 0,
          "color": {
            "mode": "palette-classic"
          }
        },
        "overrides": []
      },
      "title": "Leaders",
      "description": "One for each Lease. With none, the groups of that vCenter stand still.",
      "datasource": {
        "type": "prometheus",
        "uid": "$datasource"
      },
      "targets": [
        {
          "expr": "sum by (name) (leader_election_master_status{job=~\"$job\"} and on (job, instance) vm_operator_build_info{job=~\"$job\"})",
          "legendFormat": "{{name}}",
          "refId": "A",
          "range": true,
          "instant": false
        }
      ],
      "gridPos": {
        "h": 7,
        "w": 8,
        "x": 0,
        "y": 65
      },
      "id": 35
    },
    {
      "type": "timeseries",
      "transparent": false,
      "repeatDirection": "h",
      "options": {
        "legend": {
          "displayMode": "list",
          "placement": "bottom",
          "showLegend": true,
          "calcs": []
        },
        "tooltip": {
          "mode": "multi",
          "sort": "desc"
        }
      },
      "fieldConfig": {
        "defaults": {
          "custom": {
            "drawStyle": "line",
            "lineWidth": 2,
            "fillOpacity": 0,
            "showPoints": "auto"
          },
          "unit": "s",
          "thresholds": {
            "mode": "absolute",
            "steps": [
              {
                "value": null,
                "color": "green"
              }
            ]
          },
          "min": 0,
          "color": {
            "mode": "palette-classic"
          }
        },
        "overrides": []
      },
      "title": "Age of the Leases",
      "description": "Time since a Lease was renewed by who holds it. At the renew deadline that process ends.",
      "datasource": {
        "type": "prometheus",
        "uid": "$datasource"
      },
      "targets": [
        {
          "expr": "max by (name) (vm_operator_lease_age_seconds{job=~\"$job\"})",
          "legendFormat": "{{name}}",
          "refId": "A",
          "range": true,
          "instant": false
        }
      ],
      "gridPos": {
        "h": 7,
        "w": 8,
        "x": 8,
        "y": 65
      },
      "id": 36
    },
    {
      "type": "timeseries",
      "transparent": false,
      "repeatDirection": "h",
      "options": {
        "legend": {
          "displayMode": "list",
          "placement": "bottom",
          "showLegend": true,
          "calcs": []
        },
        "tooltip": {
          "mode": "multi",
          "sort": "desc"
        }
      },
      "fieldConfig": {
        "defaults": {
          "custom": {
            "drawStyle": "line",
            "lineWidth": 1,
            "fillOpacity": 40,
            "showPoints": "auto",
            "stacking": {
              "mode": "normal"
            }
          },
          "unit": "reqps",
          "thresholds": {
            "mode": "absolute",
            "steps": [
              {
                "value": null,
                "color": "green"
              }
            ]
          },
          "min": 0,
          "color": {
            "mode": "palette-classic"
          }
        },
        "overrides": []
      },
      "title": "Requests to the API server",
      "description": "By status. <error>: there was no answer.",
      "datasource": {
        "type": "prometheus",
        "uid": "$datasource"
      },
      "targets": [
        {
          "expr": "sum by (code) (rate(rest_client_requests_total{job=~\"$job\"}[$__rate_interval]) and on (job, instance) vm_operator_build_info{job=~\"$job\"})",
          "legendFormat": "{{code}}",
          "refId": "A",
          "range": true,
          "instant": false
        }
      ],
      "gridPos": {
        "h": 7,
        "w": 8,
        "x": 16,
        "y": 65
      },
      "id": 37
    },
    {
      "type": "timeseries",
      "transparent": false,
      "repeatDirection": "h",
      "options": {
        "legend": {
          "displayMode": "list",
          "placement": "bottom",
          "showLegend": true,
          "calcs": []
        },
        "tooltip": {
          "mode": "multi",
          "sort": "desc"
        }
      },
      "fieldConfig": {
        "defaults": {
          "custom": {
            "drawStyle": "line",
            "lineWidth": 1,
            "fillOpacity": 40,
            "showPoints": "auto",
            "stacking": {
              "mode": "normal"
            }
          },
          "unit": "ops",
          "thresholds": {
            "mode": "absolute",
            "steps": [
              {
                "value": null,
                "color": "green"
              }
            ]
          },
          "min": 0,
          "color": {
            "mode": "palette-classic"
          }
        },
        "overrides": [
          {
            "matcher": {
              "id": "byName",
              "options": "success"
            },
            "properties": [
              {
                "id": "color",
                "value": {
                  "mode": "fixed",
                  "fixedColor": "green"
                }
              }
            ]
          },
          {
            "matcher": {
              "id": "byName",
              "options": "requeue_after"
            },
            "properties": [
              {
                "id": "color",
                "value": {
                  "mode": "fixed",
                  "fixedColor": "blue"
                }
              }
            ]
          },
          {
            "matcher": {
              "id": "byName",
              "options": "error"
            },
            "properties": [
              {
                "id": "color",
                "value": {
                  "mode": "fixed",
                  "fixedColor": "red"
                }
              }
            ]
          }
        ]
      },
      "title": "Reconciles",
      "description": "Errors are mostly those of the API server: the log names them.",
      "datasource": {
        "type": "prometheus",
        "uid": "$datasource"
      },
      "targets": [
        {
          "expr": "sum by (result) (rate(controller_runtime_reconcile_total{job=~\"$job\", controller=\"vmgroup\"}[$__rate_interval]))",
          "legendFormat": "{{result}}",
          "refId": "A",
          "range": true,
          "instant": false
        }
      ],
      "gridPos": {
        "h": 7,
        "w": 8,
        "x": 0,
        "y": 72
      },
      "id": 38
    },
    {
      "type": "timeseries",
      "transparent": false,
      "repeatDirection": "h",
      "options": {
        "legend": {
          "displayMode": "list",
          "placement": "bottom",
          "showLegend": true,
          "calcs": []
        },
        "tooltip": {
          "mode": "multi",
          "sort": "desc"
        }
      },
      "fieldConfig": {
        "defaults": {
          "custom": {
            "drawStyle": "line",
            "lineWidth": 2,
            "fillOpacity": 0,
            "showPoints": "auto"
          },
          "unit": "short",
          "thresholds": {
            "mode": "absolute",
            "steps": [
              {
                "value": null,
                "color": "green"
              }
            ]
          },
          "min": 0,
          "color": {
            "mode": "palette-classic"
          }
        },
        "overrides": []
      },
      "title": "Queue",
      "description": "Groups that wait for a reconcile, and reconciles under way.",
      "datasource": {
        "type": "prometheus",
        "uid": "$datasource"
      },
      "targets": [
        {
          "expr": "sum(workqueue_depth{job=~\"$job\", controller=\"vmgroup\"})",
          "legendFormat": "waiting",
          "refId": "A",
          "range": true,
          "instant": false
        },
        {
          "expr": "sum(controller_runtime_active_workers{job=~\"$job\", controller=\"vmgroup\"})",
          "legendFormat": "under way",
          "refId": "B",
          "range": true,
          "instant": false
        }
      ],
      "gridPos": {
        "h": 7,
        "w": 8,
        "x": 8,
        "y": 72
      },
      "id": 39
    },
    {
      "type": "timeseries",
      "transparent": false,
      "repeatDirection": "h",
      "options": {
        "legend": {
          "displayMode": "list",
          "placement": "bottom",
          "showLegend": true,
          "calcs": []
        },
        "tooltip": {
          "mode": "multi",
          "sort": "desc"
        }
      },
      "fieldConfig": {
        "defaults": {
          "custom": {
            "drawStyle": "line",
            "lineWidth": 2,
            "fillOpacity": 0,
            "showPoints": "auto"
          },
          "unit": "s",
          "thresholds": {
            "mode": "absolute",
            "steps": [
              {
                "value": null,
                "color": "green"
              }
            ]
          },
          "min": 0,
          "color": {
            "mode": "palette-classic"
          }
        },
        "overrides": []
      },
      "title": "Time in the queue and in reconciles",
      "description": "Of nine of ten, in the last hour. Work in vCenter is not part of it.",
      "datasource": {
        "type": "prometheus",
        "uid": "$datasource"
      },
      "targets": [
        {
          "expr": "histogram_quantile(0.9, sum by (le) (rate(workqueue_queue_duration_seconds_bucket{job=~\"$job\", controller=\"vmgroup\"}[1h])))",
          "legendFormat": "in the queue",
          "refId": "A",
          "range": true,
          "instant": false
        },
        {
          "expr": "histogram_quantile(0.9, sum by (le) (rate(controller_runtime_reconcile_time_seconds_bucket{job=~\"$job\", controller=\"vmgroup\"}[1h])))",
          "legendFormat": "reconcile",
          "refId": "B",
          "range": true,
          "instant": false
        }
      ],
      "gridPos": {
        "h": 7,
        "w": 8,
        "x": 16,
        "y": 72
      },
      "id": 40
    },
    {
      "type": "timeseries",
      "transparent": false,
      "repeatDirection": "h",
      "options": {
        "legend": {
          "displayMode": "list",
          "placement": "bottom",
          "showLegend": true,
          "calcs": []
        },
        "tooltip": {
          "mode": "multi",
          "sort": "desc"
        }
      },
      "fieldConfig": {
        "defaults": {
          "custom": {
            "drawStyle": "line",
            "lineWidth": 2,
            "fillOpacity": 0,
            "showPoints": "auto"
          },
          "unit": "bytes",
          "thresholds": {
            "mode": "absolute",
            "steps": [
              {
                "value": null,
                "color": "green"
              }
            ]
          },
          "min": 0,
          "color": {
            "mode": "palette-classic"
          }
        },
        "overrides": []
      },
      "title": "Memory",
      "description": "Resident memory of each process. The limit of the container is 256 MiB by default.",
      "datasource": {
        "type": "prometheus",
        "uid": "$datasource"
      },
      "targets": [
        {
          "expr": "process_resident_memory_bytes{job=~\"$job\"} and on (job, instance) vm_operator_build_info{job=~\"$job\"}",
          "legendFormat": "{{instance}}",
          "refId": "A",
          "range": true,
          "instant": false
        }
      ],
      "gridPos": {
        "h": 7,
        "w": 8,
        "x": 0,
        "y": 79
      },
      "id": 41
    },
    {
      "type": "timeseries",
      "transparent": false,
      "repeatDirection": "h",
      "options": {
        "legend": {
          "displayMode": "list",
          "placement": "bottom",
          "showLegend": true,
          "calcs": []
        },
        "tooltip": {
          "mode": "multi",
          "sort": "desc"
        }
      },
      "fieldConfig": {
        "defaults": {
          "custom": {
            "drawStyle": "line",
            "lineWidth": 2,
            "fillOpacity": 0,
            "showPoints": "auto"
          },
          "unit": "short",
          "thresholds": {
            "mode": "absolute",
            "steps": [
              {
                "value": null,
                "color": "green"
              }
            ]
          },
          "min": 0,
          "color": {
            "mode": "palette-classic"
          }
        },
        "overrides": []
      },
      "title": "CPU",
      "description": "Cores that each process uses.",
      "datasource": {
        "type": "prometheus",
        "uid": "$datasource"
      },
      "targets": [
        {
          "expr": "rate(process_cpu_seconds_total{job=~\"$job\"}[$__rate_interval]) and on (job, instance) vm_operator_build_info{job=~\"$job\"}",
          "legendFormat": "{{instance}}",
          "refId": "A",
          "range": true,
          "instant": false
        }
      ],
      "gridPos": {
        "h": 7,
        "w": 8,
        "x": 8,
        "y": 79
      },
      "id": 42
    },
    {
      "type": "timeseries",
      "transparent": false,
      "repeatDirection": "h",
      "options": {
        "legend": {
          "displayMode": "list",
          "placement": "bottom",
          "showLegend": true,
          "calcs": []
        },
        "tooltip": {
          "mode": "multi",
          "sort": "desc"
        }
      },
      "fieldConfig": {
        "defaults": {
          "custom": {
            "drawStyle": "line",
            "lineWidth": 2,
            "fillOpacity": 0,
            "showPoints": "auto"
          },
          "unit": "s",
          "thresholds": {
            "mode": "absolute",
            "steps": [
              {
                "value": null,
                "color": "green"
              }
            ]
          },
          "min": 0,
          "color": {
            "mode": "palette-classic"
          }
        },
        "overrides": []
      },
      "title": "Lag of the event loop",
      "description": "Of 99 of 100 looks, which are 10 ms apart: an idle process shows 10 ms. Above 100 ms probes, Leases and answers are late.",
      "datasource": {
        "type": "prometheus",
        "uid": "$datasource"
      },
      "targets": [
        {
          "expr": "nodejs_eventloop_lag_p99_seconds{job=~\"$job\"} and on (job, instance) vm_operator_build_info{job=~\"$job\"}",
          "legendFormat": "{{instance}}",
          "refId": "A",
          "range": true,
          "instant": false
        }
      ],
      "gridPos": {
        "h": 7,
        "w": 8,
        "x": 16,
        "y": 79
      },
      "id": 43
    }
  ]
};
