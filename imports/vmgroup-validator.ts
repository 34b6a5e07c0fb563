// @ts-nocheck
// Generated from crds/ by `npm run generate`. Do not edit.
import type { VmGroup } from './vmgroup';

var __create = Object.create;
var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __getProtoOf = Object.getPrototypeOf;
var __hasOwnProp = Object.prototype.hasOwnProperty;
var __commonJS = (cb, mod) => function __require() {
  try {
    return mod || (0, cb[__getOwnPropNames(cb)[0]])((mod = { exports: {} }).exports, mod), mod.exports;
  } catch (e) {
    throw mod = 0, e;
  }
};
var __copyProps = (to, from, except, desc) => {
  if (from && typeof from === "object" || typeof from === "function") {
    for (let key of __getOwnPropNames(from))
      if (!__hasOwnProp.call(to, key) && key !== except)
        __defProp(to, key, { get: () => from[key], enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable });
  }
  return to;
};
var __toESM = (mod, isNodeMode, target) => (target = mod != null ? __create(__getProtoOf(mod)) : {}, __copyProps(
  // If the importer is in node compatibility mode or this is not an ESM
  // file that has been converted to a CommonJS file using a Babel-
  // compatible transform (i.e. "__esModule" has not been set), then set
  // "default" to the CommonJS "module.exports" for node compatibility.
  isNodeMode || !mod || !mod.__esModule ? __defProp(target, "default", { value: mod, enumerable: true }) : target,
  mod
));

var require_ucs2length = __commonJS({
  "../ajv/dist/runtime/ucs2length.js"(exports) {
    "use strict";
    Object.defineProperty(exports, "__esModule", { value: true });
    function ucs2length(str) {
      const len = str.length;
      let length = 0;
      let pos = 0;
      let value;
      while (pos < len) {
        length++;
        value = str.charCodeAt(pos++);
        if (value >= 55296 && value <= 56319 && pos < len) {
          value = str.charCodeAt(pos);
          if ((value & 64512) === 56320)
            pos++;
        }
      }
      return length;
    }
    exports.default = ucs2length;
    ucs2length.code = 'require("ajv/dist/runtime/ucs2length").default';
  }
});

var require_validator = __commonJS({
  "validator.cjs"(exports, module) {
    "use strict";
    module.exports = validate10;
    module.exports.default = validate10;
    var schema11 = { "type": "object", "required": ["spec"], "additionalProperties": false, "properties": { "apiVersion": { "type": "string" }, "kind": { "type": "string" }, "metadata": { "type": "object" }, "spec": { "type": "object", "required": ["cpu", "memory", "replicas", "template"], "additionalProperties": false, "properties": { "cpu": { "type": "integer", "minimum": 1, "maximum": 960 }, "memory": { "type": "integer", "minimum": 1, "maximum": 24576 }, "replicas": { "type": "integer", "minimum": 0, "maximum": 500 }, "template": { "type": "string", "minLength": 1, "maxLength": 2048 }, "placement": { "type": "object", "additionalProperties": false, "properties": { "datacenter": { "type": "string", "minLength": 1, "maxLength": 2048 }, "folder": { "type": "string", "minLength": 1, "maxLength": 2048 }, "cluster": { "type": "string", "minLength": 1, "maxLength": 2048 }, "resourcePool": { "type": "string", "minLength": 1, "maxLength": 2048 }, "datastore": { "type": "string", "minLength": 1, "maxLength": 2048 } } }, "powerState": { "type": "string", "enum": ["PoweredOn", "PoweredOff"] }, "deletionPolicy": { "type": "string", "enum": ["Delete", "Orphan"] }, "paused": { "type": "boolean" } } }, "status": {} } };
    var func2 = require_ucs2length().default;
    function validate10(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
      let vErrors = null;
      let errors = 0;
      if (data && typeof data == "object" && !Array.isArray(data)) {
        if (data.spec === void 0) {
          const err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "spec" }, message: "must have required property 'spec'" };
          if (vErrors === null) {
            vErrors = [err0];
          } else {
            vErrors.push(err0);
          }
          errors++;
        }
        for (const key0 in data) {
          if (!(key0 === "apiVersion" || key0 === "kind" || key0 === "metadata" || key0 === "spec" || key0 === "status")) {
            const err1 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties" };
            if (vErrors === null) {
              vErrors = [err1];
            } else {
              vErrors.push(err1);
            }
            errors++;
          }
        }
        if (data.apiVersion !== void 0) {
          if (typeof data.apiVersion !== "string") {
            const err2 = { instancePath: instancePath + "/apiVersion", schemaPath: "#/properties/apiVersion/type", keyword: "type", params: { type: "string" }, message: "must be string" };
            if (vErrors === null) {
              vErrors = [err2];
            } else {
              vErrors.push(err2);
            }
            errors++;
          }
        }
        if (data.kind !== void 0) {
          if (typeof data.kind !== "string") {
            const err3 = { instancePath: instancePath + "/kind", schemaPath: "#/properties/kind/type", keyword: "type", params: { type: "string" }, message: "must be string" };
            if (vErrors === null) {
              vErrors = [err3];
            } else {
              vErrors.push(err3);
            }
            errors++;
          }
        }
        if (data.metadata !== void 0) {
          let data2 = data.metadata;
          if (!(data2 && typeof data2 == "object" && !Array.isArray(data2))) {
            const err4 = { instancePath: instancePath + "/metadata", schemaPath: "#/properties/metadata/type", keyword: "type", params: { type: "object" }, message: "must be object" };
            if (vErrors === null) {
              vErrors = [err4];
            } else {
              vErrors.push(err4);
            }
            errors++;
          }
        }
        if (data.spec !== void 0) {
          let data3 = data.spec;
          if (data3 && typeof data3 == "object" && !Array.isArray(data3)) {
            if (data3.cpu === void 0) {
              const err5 = { instancePath: instancePath + "/spec", schemaPath: "#/properties/spec/required", keyword: "required", params: { missingProperty: "cpu" }, message: "must have required property 'cpu'" };
              if (vErrors === null) {
                vErrors = [err5];
              } else {
                vErrors.push(err5);
              }
              errors++;
            }
            if (data3.memory === void 0) {
              const err6 = { instancePath: instancePath + "/spec", schemaPath: "#/properties/spec/required", keyword: "required", params: { missingProperty: "memory" }, message: "must have required property 'memory'" };
              if (vErrors === null) {
                vErrors = [err6];
              } else {
                vErrors.push(err6);
              }
              errors++;
            }
            if (data3.replicas === void 0) {
              const err7 = { instancePath: instancePath + "/spec", schemaPath: "#/properties/spec/required", keyword: "required", params: { missingProperty: "replicas" }, message: "must have required property 'replicas'" };
              if (vErrors === null) {
                vErrors = [err7];
              } else {
                vErrors.push(err7);
              }
              errors++;
            }
            if (data3.template === void 0) {
              const err8 = { instancePath: instancePath + "/spec", schemaPath: "#/properties/spec/required", keyword: "required", params: { missingProperty: "template" }, message: "must have required property 'template'" };
              if (vErrors === null) {
                vErrors = [err8];
              } else {
                vErrors.push(err8);
              }
              errors++;
            }
            for (const key1 in data3) {
              if (!(key1 === "cpu" || key1 === "memory" || key1 === "replicas" || key1 === "template" || key1 === "placement" || key1 === "powerState" || key1 === "deletionPolicy" || key1 === "paused")) {
                const err9 = { instancePath: instancePath + "/spec", schemaPath: "#/properties/spec/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key1 }, message: "must NOT have additional properties" };
                if (vErrors === null) {
                  vErrors = [err9];
                } else {
                  vErrors.push(err9);
                }
                errors++;
              }
            }
            if (data3.cpu !== void 0) {
              let data4 = data3.cpu;
              if (!(typeof data4 == "number" && (!(data4 % 1) && !isNaN(data4)))) {
                const err10 = { instancePath: instancePath + "/spec/cpu", schemaPath: "#/properties/spec/properties/cpu/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
                if (vErrors === null) {
                  vErrors = [err10];
                } else {
                  vErrors.push(err10);
                }
                errors++;
              }
              if (typeof data4 == "number") {
                if (data4 > 960 || isNaN(data4)) {
                  const err11 = { instancePath: instancePath + "/spec/cpu", schemaPath: "#/properties/spec/properties/cpu/maximum", keyword: "maximum", params: { comparison: "<=", limit: 960 }, message: "must be <= 960" };
                  if (vErrors === null) {
                    vErrors = [err11];
                  } else {
                    vErrors.push(err11);
                  }
                  errors++;
                }
                if (data4 < 1 || isNaN(data4)) {
                  const err12 = { instancePath: instancePath + "/spec/cpu", schemaPath: "#/properties/spec/properties/cpu/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" };
                  if (vErrors === null) {
                    vErrors = [err12];
                  } else {
                    vErrors.push(err12);
                  }
                  errors++;
                }
              }
            }
            if (data3.memory !== void 0) {
              let data5 = data3.memory;
              if (!(typeof data5 == "number" && (!(data5 % 1) && !isNaN(data5)))) {
                const err13 = { instancePath: instancePath + "/spec/memory", schemaPath: "#/properties/spec/properties/memory/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
                if (vErrors === null) {
                  vErrors = [err13];
                } else {
                  vErrors.push(err13);
                }
                errors++;
              }
              if (typeof data5 == "number") {
                if (data5 > 24576 || isNaN(data5)) {
                  const err14 = { instancePath: instancePath + "/spec/memory", schemaPath: "#/properties/spec/properties/memory/maximum", keyword: "maximum", params: { comparison: "<=", limit: 24576 }, message: "must be <= 24576" };
                  if (vErrors === null) {
                    vErrors = [err14];
                  } else {
                    vErrors.push(err14);
                  }
                  errors++;
                }
                if (data5 < 1 || isNaN(data5)) {
                  const err15 = { instancePath: instancePath + "/spec/memory", schemaPath: "#/properties/spec/properties/memory/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" };
                  if (vErrors === null) {
                    vErrors = [err15];
                  } else {
                    vErrors.push(err15);
                  }
                  errors++;
                }
              }
            }
            if (data3.replicas !== void 0) {
              let data6 = data3.replicas;
              if (!(typeof data6 == "number" && (!(data6 % 1) && !isNaN(data6)))) {
                const err16 = { instancePath: instancePath + "/spec/replicas", schemaPath: "#/properties/spec/properties/replicas/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
                if (vErrors === null) {
                  vErrors = [err16];
                } else {
                  vErrors.push(err16);
                }
                errors++;
              }
              if (typeof data6 == "number") {
                if (data6 > 500 || isNaN(data6)) {
                  const err17 = { instancePath: instancePath + "/spec/replicas", schemaPath: "#/properties/spec/properties/replicas/maximum", keyword: "maximum", params: { comparison: "<=", limit: 500 }, message: "must be <= 500" };
                  if (vErrors === null) {
                    vErrors = [err17];
                  } else {
                    vErrors.push(err17);
                  }
                  errors++;
                }
                if (data6 < 0 || isNaN(data6)) {
                  const err18 = { instancePath: instancePath + "/spec/replicas", schemaPath: "#/properties/spec/properties/replicas/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" };
                  if (vErrors === null) {
                    vErrors = [err18];
                  } else {
                    vErrors.push(err18);
                  }
                  errors++;
                }
              }
            }
            if (data3.template !== void 0) {
              let data7 = data3.template;
              if (typeof data7 === "string") {
                if (func2(data7) > 2048) {
                  const err19 = { instancePath: instancePath + "/spec/template", schemaPath: "#/properties/spec/properties/template/maxLength", keyword: "maxLength", params: { limit: 2048 }, message: "must NOT have more than 2048 characters" };
                  if (vErrors === null) {
                    vErrors = [err19];
                  } else {
                    vErrors.push(err19);
                  }
                  errors++;
                }
                if (func2(data7) < 1) {
                  const err20 = { instancePath: instancePath + "/spec/template", schemaPath: "#/properties/spec/properties/template/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                  if (vErrors === null) {
                    vErrors = [err20];
                  } else {
                    vErrors.push(err20);
                  }
                  errors++;
                }
              } else {
                const err21 = { instancePath: instancePath + "/spec/template", schemaPath: "#/properties/spec/properties/template/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                if (vErrors === null) {
                  vErrors = [err21];
                } else {
                  vErrors.push(err21);
                }
                errors++;
              }
            }
            if (data3.placement !== void 0) {
              let data8 = data3.placement;
              if (data8 && typeof data8 == "object" && !Array.isArray(data8)) {
                for (const key2 in data8) {
                  if (!(key2 === "datacenter" || key2 === "folder" || key2 === "cluster" || key2 === "resourcePool" || key2 === "datastore")) {
                    const err22 = { instancePath: instancePath + "/spec/placement", schemaPath: "#/properties/spec/properties/placement/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key2 }, message: "must NOT have additional properties" };
                    if (vErrors === null) {
                      vErrors = [err22];
                    } else {
                      vErrors.push(err22);
                    }
                    errors++;
                  }
                }
                if (data8.datacenter !== void 0) {
                  let data9 = data8.datacenter;
                  if (typeof data9 === "string") {
                    if (func2(data9) > 2048) {
                      const err23 = { instancePath: instancePath + "/spec/placement/datacenter", schemaPath: "#/properties/spec/properties/placement/properties/datacenter/maxLength", keyword: "maxLength", params: { limit: 2048 }, message: "must NOT have more than 2048 characters" };
                      if (vErrors === null) {
                        vErrors = [err23];
                      } else {
                        vErrors.push(err23);
                      }
                      errors++;
                    }
                    if (func2(data9) < 1) {
                      const err24 = { instancePath: instancePath + "/spec/placement/datacenter", schemaPath: "#/properties/spec/properties/placement/properties/datacenter/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                      if (vErrors === null) {
                        vErrors = [err24];
                      } else {
                        vErrors.push(err24);
                      }
                      errors++;
                    }
                  } else {
                    const err25 = { instancePath: instancePath + "/spec/placement/datacenter", schemaPath: "#/properties/spec/properties/placement/properties/datacenter/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err25];
                    } else {
                      vErrors.push(err25);
                    }
                    errors++;
                  }
                }
                if (data8.folder !== void 0) {
                  let data10 = data8.folder;
                  if (typeof data10 === "string") {
                    if (func2(data10) > 2048) {
                      const err26 = { instancePath: instancePath + "/spec/placement/folder", schemaPath: "#/properties/spec/properties/placement/properties/folder/maxLength", keyword: "maxLength", params: { limit: 2048 }, message: "must NOT have more than 2048 characters" };
                      if (vErrors === null) {
                        vErrors = [err26];
                      } else {
                        vErrors.push(err26);
                      }
                      errors++;
                    }
                    if (func2(data10) < 1) {
                      const err27 = { instancePath: instancePath + "/spec/placement/folder", schemaPath: "#/properties/spec/properties/placement/properties/folder/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                      if (vErrors === null) {
                        vErrors = [err27];
                      } else {
                        vErrors.push(err27);
                      }
                      errors++;
                    }
                  } else {
                    const err28 = { instancePath: instancePath + "/spec/placement/folder", schemaPath: "#/properties/spec/properties/placement/properties/folder/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err28];
                    } else {
                      vErrors.push(err28);
                    }
                    errors++;
                  }
                }
                if (data8.cluster !== void 0) {
                  let data11 = data8.cluster;
                  if (typeof data11 === "string") {
                    if (func2(data11) > 2048) {
                      const err29 = { instancePath: instancePath + "/spec/placement/cluster", schemaPath: "#/properties/spec/properties/placement/properties/cluster/maxLength", keyword: "maxLength", params: { limit: 2048 }, message: "must NOT have more than 2048 characters" };
                      if (vErrors === null) {
                        vErrors = [err29];
                      } else {
                        vErrors.push(err29);
                      }
                      errors++;
                    }
                    if (func2(data11) < 1) {
                      const err30 = { instancePath: instancePath + "/spec/placement/cluster", schemaPath: "#/properties/spec/properties/placement/properties/cluster/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                      if (vErrors === null) {
                        vErrors = [err30];
                      } else {
                        vErrors.push(err30);
                      }
                      errors++;
                    }
                  } else {
                    const err31 = { instancePath: instancePath + "/spec/placement/cluster", schemaPath: "#/properties/spec/properties/placement/properties/cluster/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err31];
                    } else {
                      vErrors.push(err31);
                    }
                    errors++;
                  }
                }
                if (data8.resourcePool !== void 0) {
                  let data12 = data8.resourcePool;
                  if (typeof data12 === "string") {
                    if (func2(data12) > 2048) {
                      const err32 = { instancePath: instancePath + "/spec/placement/resourcePool", schemaPath: "#/properties/spec/properties/placement/properties/resourcePool/maxLength", keyword: "maxLength", params: { limit: 2048 }, message: "must NOT have more than 2048 characters" };
                      if (vErrors === null) {
                        vErrors = [err32];
                      } else {
                        vErrors.push(err32);
                      }
                      errors++;
                    }
                    if (func2(data12) < 1) {
                      const err33 = { instancePath: instancePath + "/spec/placement/resourcePool", schemaPath: "#/properties/spec/properties/placement/properties/resourcePool/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                      if (vErrors === null) {
                        vErrors = [err33];
                      } else {
                        vErrors.push(err33);
                      }
                      errors++;
                    }
                  } else {
                    const err34 = { instancePath: instancePath + "/spec/placement/resourcePool", schemaPath: "#/properties/spec/properties/placement/properties/resourcePool/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err34];
                    } else {
                      vErrors.push(err34);
                    }
                    errors++;
                  }
                }
                if (data8.datastore !== void 0) {
                  let data13 = data8.datastore;
                  if (typeof data13 === "string") {
                    if (func2(data13) > 2048) {
                      const err35 = { instancePath: instancePath + "/spec/placement/datastore", schemaPath: "#/properties/spec/properties/placement/properties/datastore/maxLength", keyword: "maxLength", params: { limit: 2048 }, message: "must NOT have more than 2048 characters" };
                      if (vErrors === null) {
                        vErrors = [err35];
                      } else {
                        vErrors.push(err35);
                      }
                      errors++;
                    }
                    if (func2(data13) < 1) {
                      const err36 = { instancePath: instancePath + "/spec/placement/datastore", schemaPath: "#/properties/spec/properties/placement/properties/datastore/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                      if (vErrors === null) {
                        vErrors = [err36];
                      } else {
                        vErrors.push(err36);
                      }
                      errors++;
                    }
                  } else {
                    const err37 = { instancePath: instancePath + "/spec/placement/datastore", schemaPath: "#/properties/spec/properties/placement/properties/datastore/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err37];
                    } else {
                      vErrors.push(err37);
                    }
                    errors++;
                  }
                }
              } else {
                const err38 = { instancePath: instancePath + "/spec/placement", schemaPath: "#/properties/spec/properties/placement/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                if (vErrors === null) {
                  vErrors = [err38];
                } else {
                  vErrors.push(err38);
                }
                errors++;
              }
            }
            if (data3.powerState !== void 0) {
              let data14 = data3.powerState;
              if (typeof data14 !== "string") {
                const err39 = { instancePath: instancePath + "/spec/powerState", schemaPath: "#/properties/spec/properties/powerState/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                if (vErrors === null) {
                  vErrors = [err39];
                } else {
                  vErrors.push(err39);
                }
                errors++;
              }
              if (!(data14 === "PoweredOn" || data14 === "PoweredOff")) {
                const err40 = { instancePath: instancePath + "/spec/powerState", schemaPath: "#/properties/spec/properties/powerState/enum", keyword: "enum", params: { allowedValues: schema11.properties.spec.properties.powerState.enum }, message: "must be equal to one of the allowed values" };
                if (vErrors === null) {
                  vErrors = [err40];
                } else {
                  vErrors.push(err40);
                }
                errors++;
              }
            }
            if (data3.deletionPolicy !== void 0) {
              let data15 = data3.deletionPolicy;
              if (typeof data15 !== "string") {
                const err41 = { instancePath: instancePath + "/spec/deletionPolicy", schemaPath: "#/properties/spec/properties/deletionPolicy/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                if (vErrors === null) {
                  vErrors = [err41];
                } else {
                  vErrors.push(err41);
                }
                errors++;
              }
              if (!(data15 === "Delete" || data15 === "Orphan")) {
                const err42 = { instancePath: instancePath + "/spec/deletionPolicy", schemaPath: "#/properties/spec/properties/deletionPolicy/enum", keyword: "enum", params: { allowedValues: schema11.properties.spec.properties.deletionPolicy.enum }, message: "must be equal to one of the allowed values" };
                if (vErrors === null) {
                  vErrors = [err42];
                } else {
                  vErrors.push(err42);
                }
                errors++;
              }
            }
            if (data3.paused !== void 0) {
              if (typeof data3.paused !== "boolean") {
                const err43 = { instancePath: instancePath + "/spec/paused", schemaPath: "#/properties/spec/properties/paused/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" };
                if (vErrors === null) {
                  vErrors = [err43];
                } else {
                  vErrors.push(err43);
                }
                errors++;
              }
            }
          } else {
            const err44 = { instancePath: instancePath + "/spec", schemaPath: "#/properties/spec/type", keyword: "type", params: { type: "object" }, message: "must be object" };
            if (vErrors === null) {
              vErrors = [err44];
            } else {
              vErrors.push(err44);
            }
            errors++;
          }
        }
      } else {
        const err45 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" };
        if (vErrors === null) {
          vErrors = [err45];
        } else {
          vErrors.push(err45);
        }
        errors++;
      }
      validate10.errors = vErrors;
      return errors === 0;
    }
  }
});

var import_validator = __toESM(require_validator(), 1);
var checks = import_validator.default;

/** One violation: where it is (JSON pointer), which schema keyword, its parameters, and words for a person. */
export interface SchemaViolation {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

/** Checks a value against the schema of VmGroup. Returns all violations; an empty list means that it fits. */
export function violationsOfVmGroup(value: unknown): readonly SchemaViolation[] {
  return checks(value) ? [] : checks.errors;
}

/** Whether a value fits the schema of VmGroup. */
export function isVmGroup(value: unknown): value is VmGroup {
  return checks(value);
}
