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
    var schema11 = { "type": "object", "required": ["spec"], "additionalProperties": false, "properties": { "apiVersion": { "type": "string" }, "kind": { "type": "string" }, "metadata": { "type": "object" }, "spec": { "type": "object", "required": ["cpu", "memory", "replicas", "template"], "additionalProperties": false, "properties": { "cpu": { "type": "integer", "minimum": 1, "maximum": 960 }, "memory": { "type": "integer", "minimum": 1, "maximum": 24576 }, "replicas": { "type": "integer", "minimum": 0, "maximum": 500 }, "template": { "type": "string", "minLength": 1, "maxLength": 2048 }, "clone": { "type": "object", "additionalProperties": false, "properties": { "mode": { "type": "string", "enum": ["Full", "Linked"] }, "snapshot": { "type": "string", "minLength": 1, "maxLength": 255 } } }, "hardware": { "type": "object", "additionalProperties": false, "properties": { "coresPerSocket": { "type": "integer", "minimum": 1, "maximum": 256 }, "cpuHotAdd": { "type": "boolean" }, "memoryHotAdd": { "type": "boolean" } } }, "vcenterRef": { "type": "object", "required": ["name"], "additionalProperties": false, "properties": { "name": { "type": "string", "maxLength": 253, "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$" } } }, "placement": { "type": "object", "additionalProperties": false, "properties": { "datacenter": { "type": "string", "minLength": 1, "maxLength": 2048 }, "folder": { "type": "string", "minLength": 1, "maxLength": 2048 }, "cluster": { "type": "string", "minLength": 1, "maxLength": 2048 }, "resourcePool": { "type": "string", "minLength": 1, "maxLength": 2048 }, "datastore": { "type": "string", "minLength": 1, "maxLength": 2048 }, "datastoreCluster": { "type": "string", "minLength": 1, "maxLength": 2048 }, "failureDomains": { "type": "array", "minItems": 1, "maxItems": 16, "items": { "type": "string", "maxLength": 63, "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$" } }, "spread": { "type": "object", "additionalProperties": false, "properties": { "maxSkew": { "type": "integer", "minimum": 1, "maximum": 100 }, "whenUnsatisfiable": { "type": "string", "enum": ["DoNotSchedule", "ScheduleAnyway"] } } } } }, "networks": { "type": "array", "maxItems": 10, "items": { "type": "object", "required": ["name", "network"], "additionalProperties": false, "properties": { "name": { "type": "string", "minLength": 1, "maxLength": 63, "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$" }, "network": { "type": "string", "minLength": 1, "maxLength": 2048 }, "addresses": { "type": "array", "minItems": 1, "maxItems": 512, "items": { "type": "string", "maxLength": 43 } }, "gateway": { "type": "string", "maxLength": 39 }, "nameservers": { "type": "array", "maxItems": 3, "items": { "type": "string", "maxLength": 39 } } } } }, "disks": { "type": "object", "additionalProperties": false, "properties": { "rootSizeGiB": { "type": "integer", "minimum": 1, "maximum": 63488 }, "extra": { "type": "array", "maxItems": 14, "items": { "type": "object", "required": ["name", "sizeGiB"], "additionalProperties": false, "properties": { "name": { "type": "string", "minLength": 1, "maxLength": 63, "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$" }, "sizeGiB": { "type": "integer", "minimum": 1, "maximum": 63488 }, "provisioning": { "type": "string", "enum": ["Thin", "Thick", "EagerZeroedThick"] } } } } } }, "guest": { "type": "object", "additionalProperties": false, "properties": { "cloudInit": { "type": "object", "additionalProperties": false, "properties": { "cleanup": { "type": "boolean" }, "userData": { "type": "object", "additionalProperties": false, "properties": { "secretKeyRef": { "type": "object", "required": ["name", "key"], "additionalProperties": false, "properties": { "name": { "type": "string", "minLength": 1, "maxLength": 253 }, "key": { "type": "string", "minLength": 1, "maxLength": 253, "pattern": "^[-._a-zA-Z0-9]+$" } } }, "value": { "type": "string", "maxLength": 65536 } } }, "metadata": { "type": "object", "additionalProperties": false, "properties": { "secretKeyRef": { "type": "object", "required": ["name", "key"], "additionalProperties": false, "properties": { "name": { "type": "string", "minLength": 1, "maxLength": 253 }, "key": { "type": "string", "minLength": 1, "maxLength": 253, "pattern": "^[-._a-zA-Z0-9]+$" } } }, "value": { "type": "string", "maxLength": 65536 } } } } }, "ignition": { "type": "object", "required": ["config"], "additionalProperties": false, "properties": { "config": { "type": "object", "additionalProperties": false, "properties": { "secretKeyRef": { "type": "object", "required": ["name", "key"], "additionalProperties": false, "properties": { "name": { "type": "string", "minLength": 1, "maxLength": 253 }, "key": { "type": "string", "minLength": 1, "maxLength": 253, "pattern": "^[-._a-zA-Z0-9]+$" } } }, "value": { "type": "string", "maxLength": 65536 } } } } } } }, "naming": { "type": "object", "additionalProperties": false, "properties": { "vmName": { "type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[A-Za-z0-9_.$()-]+$" }, "hostname": { "type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[a-z0-9.$()-]+$" } } }, "powerState": { "type": "string", "enum": ["PoweredOn", "PoweredOff"] }, "powerOff": { "type": "object", "additionalProperties": false, "properties": { "mode": { "type": "string", "enum": ["Hard", "Soft", "TrySoft"] }, "timeoutSeconds": { "type": "integer", "minimum": 1, "maximum": 3600 } } }, "readiness": { "type": "object", "additionalProperties": false, "properties": { "type": { "type": "string", "enum": ["PoweredOn", "ToolsRunning", "IPAddress"] }, "network": { "type": "string", "maxLength": 63, "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$" } } }, "minReadySeconds": { "type": "integer", "minimum": 0, "maximum": 86400 }, "progressDeadlineSeconds": { "type": "integer", "minimum": 1, "maximum": 172800 }, "updateStrategy": { "type": "object", "additionalProperties": false, "properties": { "type": { "type": "string", "enum": ["RollingUpdate", "OnDelete"] }, "rollingUpdate": { "type": "object", "additionalProperties": false, "properties": { "maxSurge": { "minimum": 0, "maximum": 500, "maxLength": 4, "pattern": "^(100|[1-9]?[0-9])%$", "type": ["integer", "string"] }, "maxUnavailable": { "minimum": 0, "maximum": 500, "maxLength": 4, "pattern": "^(100|[1-9]?[0-9])%$", "type": ["integer", "string"] } } }, "resizePolicy": { "type": "string", "enum": ["HotAddOnly", "PowerCycle", "Replace"] }, "restartToken": { "type": "string", "minLength": 1, "maxLength": 64 } } }, "extraConfig": { "type": "array", "maxItems": 32, "items": { "type": "object", "required": ["key", "value"], "additionalProperties": false, "properties": { "key": { "type": "string", "minLength": 1, "maxLength": 128, "pattern": "^[A-Za-z0-9_.-]+$" }, "value": { "type": "string", "minLength": 1, "maxLength": 1024 } } } }, "customAttributes": { "type": "array", "maxItems": 32, "items": { "type": "object", "required": ["name", "value"], "additionalProperties": false, "properties": { "name": { "type": "string", "minLength": 1, "maxLength": 80 }, "value": { "type": "string", "minLength": 1, "maxLength": 1024 } } } }, "tags": { "type": "array", "maxItems": 32, "items": { "type": "object", "required": ["category", "name"], "additionalProperties": false, "properties": { "category": { "type": "string", "minLength": 1, "maxLength": 255 }, "name": { "type": "string", "minLength": 1, "maxLength": 255 } } } }, "retire": { "type": "array", "maxItems": 64, "items": { "type": "string", "maxLength": 64, "pattern": "^vm-[0-9]+$" } }, "scaleDown": { "type": "object", "additionalProperties": false, "properties": { "order": { "type": "string", "enum": ["Newest", "Oldest", "HighestOrdinal"] } } }, "deletionPolicy": { "type": "string", "enum": ["Delete", "Orphan"] }, "paused": { "type": "boolean" } } }, "status": {} } };
    var func2 = Object.prototype.hasOwnProperty;
    var func3 = require_ucs2length().default;
    var pattern0 = new RegExp("^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$", "u");
    var pattern1 = new RegExp("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", "u");
    var pattern4 = new RegExp("^[-._a-zA-Z0-9]+$", "u");
    var pattern7 = new RegExp("^[A-Za-z0-9_.$()-]+$", "u");
    var pattern8 = new RegExp("^[a-z0-9.$()-]+$", "u");
    var pattern10 = new RegExp("^(100|[1-9]?[0-9])%$", "u");
    var pattern12 = new RegExp("^[A-Za-z0-9_.-]+$", "u");
    var pattern13 = new RegExp("^vm-[0-9]+$", "u");
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
              if (!func2.call(schema11.properties.spec.properties, key1)) {
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
                if (func3(data7) > 2048) {
                  const err19 = { instancePath: instancePath + "/spec/template", schemaPath: "#/properties/spec/properties/template/maxLength", keyword: "maxLength", params: { limit: 2048 }, message: "must NOT have more than 2048 characters" };
                  if (vErrors === null) {
                    vErrors = [err19];
                  } else {
                    vErrors.push(err19);
                  }
                  errors++;
                }
                if (func3(data7) < 1) {
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
            if (data3.clone !== void 0) {
              let data8 = data3.clone;
              if (data8 && typeof data8 == "object" && !Array.isArray(data8)) {
                for (const key2 in data8) {
                  if (!(key2 === "mode" || key2 === "snapshot")) {
                    const err22 = { instancePath: instancePath + "/spec/clone", schemaPath: "#/properties/spec/properties/clone/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key2 }, message: "must NOT have additional properties" };
                    if (vErrors === null) {
                      vErrors = [err22];
                    } else {
                      vErrors.push(err22);
                    }
                    errors++;
                  }
                }
                if (data8.mode !== void 0) {
                  let data9 = data8.mode;
                  if (typeof data9 !== "string") {
                    const err23 = { instancePath: instancePath + "/spec/clone/mode", schemaPath: "#/properties/spec/properties/clone/properties/mode/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err23];
                    } else {
                      vErrors.push(err23);
                    }
                    errors++;
                  }
                  if (!(data9 === "Full" || data9 === "Linked")) {
                    const err24 = { instancePath: instancePath + "/spec/clone/mode", schemaPath: "#/properties/spec/properties/clone/properties/mode/enum", keyword: "enum", params: { allowedValues: schema11.properties.spec.properties.clone.properties.mode.enum }, message: "must be equal to one of the allowed values" };
                    if (vErrors === null) {
                      vErrors = [err24];
                    } else {
                      vErrors.push(err24);
                    }
                    errors++;
                  }
                }
                if (data8.snapshot !== void 0) {
                  let data10 = data8.snapshot;
                  if (typeof data10 === "string") {
                    if (func3(data10) > 255) {
                      const err25 = { instancePath: instancePath + "/spec/clone/snapshot", schemaPath: "#/properties/spec/properties/clone/properties/snapshot/maxLength", keyword: "maxLength", params: { limit: 255 }, message: "must NOT have more than 255 characters" };
                      if (vErrors === null) {
                        vErrors = [err25];
                      } else {
                        vErrors.push(err25);
                      }
                      errors++;
                    }
                    if (func3(data10) < 1) {
                      const err26 = { instancePath: instancePath + "/spec/clone/snapshot", schemaPath: "#/properties/spec/properties/clone/properties/snapshot/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                      if (vErrors === null) {
                        vErrors = [err26];
                      } else {
                        vErrors.push(err26);
                      }
                      errors++;
                    }
                  } else {
                    const err27 = { instancePath: instancePath + "/spec/clone/snapshot", schemaPath: "#/properties/spec/properties/clone/properties/snapshot/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err27];
                    } else {
                      vErrors.push(err27);
                    }
                    errors++;
                  }
                }
              } else {
                const err28 = { instancePath: instancePath + "/spec/clone", schemaPath: "#/properties/spec/properties/clone/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                if (vErrors === null) {
                  vErrors = [err28];
                } else {
                  vErrors.push(err28);
                }
                errors++;
              }
            }
            if (data3.hardware !== void 0) {
              let data11 = data3.hardware;
              if (data11 && typeof data11 == "object" && !Array.isArray(data11)) {
                for (const key3 in data11) {
                  if (!(key3 === "coresPerSocket" || key3 === "cpuHotAdd" || key3 === "memoryHotAdd")) {
                    const err29 = { instancePath: instancePath + "/spec/hardware", schemaPath: "#/properties/spec/properties/hardware/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key3 }, message: "must NOT have additional properties" };
                    if (vErrors === null) {
                      vErrors = [err29];
                    } else {
                      vErrors.push(err29);
                    }
                    errors++;
                  }
                }
                if (data11.coresPerSocket !== void 0) {
                  let data12 = data11.coresPerSocket;
                  if (!(typeof data12 == "number" && (!(data12 % 1) && !isNaN(data12)))) {
                    const err30 = { instancePath: instancePath + "/spec/hardware/coresPerSocket", schemaPath: "#/properties/spec/properties/hardware/properties/coresPerSocket/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
                    if (vErrors === null) {
                      vErrors = [err30];
                    } else {
                      vErrors.push(err30);
                    }
                    errors++;
                  }
                  if (typeof data12 == "number") {
                    if (data12 > 256 || isNaN(data12)) {
                      const err31 = { instancePath: instancePath + "/spec/hardware/coresPerSocket", schemaPath: "#/properties/spec/properties/hardware/properties/coresPerSocket/maximum", keyword: "maximum", params: { comparison: "<=", limit: 256 }, message: "must be <= 256" };
                      if (vErrors === null) {
                        vErrors = [err31];
                      } else {
                        vErrors.push(err31);
                      }
                      errors++;
                    }
                    if (data12 < 1 || isNaN(data12)) {
                      const err32 = { instancePath: instancePath + "/spec/hardware/coresPerSocket", schemaPath: "#/properties/spec/properties/hardware/properties/coresPerSocket/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" };
                      if (vErrors === null) {
                        vErrors = [err32];
                      } else {
                        vErrors.push(err32);
                      }
                      errors++;
                    }
                  }
                }
                if (data11.cpuHotAdd !== void 0) {
                  if (typeof data11.cpuHotAdd !== "boolean") {
                    const err33 = { instancePath: instancePath + "/spec/hardware/cpuHotAdd", schemaPath: "#/properties/spec/properties/hardware/properties/cpuHotAdd/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" };
                    if (vErrors === null) {
                      vErrors = [err33];
                    } else {
                      vErrors.push(err33);
                    }
                    errors++;
                  }
                }
                if (data11.memoryHotAdd !== void 0) {
                  if (typeof data11.memoryHotAdd !== "boolean") {
                    const err34 = { instancePath: instancePath + "/spec/hardware/memoryHotAdd", schemaPath: "#/properties/spec/properties/hardware/properties/memoryHotAdd/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" };
                    if (vErrors === null) {
                      vErrors = [err34];
                    } else {
                      vErrors.push(err34);
                    }
                    errors++;
                  }
                }
              } else {
                const err35 = { instancePath: instancePath + "/spec/hardware", schemaPath: "#/properties/spec/properties/hardware/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                if (vErrors === null) {
                  vErrors = [err35];
                } else {
                  vErrors.push(err35);
                }
                errors++;
              }
            }
            if (data3.vcenterRef !== void 0) {
              let data15 = data3.vcenterRef;
              if (data15 && typeof data15 == "object" && !Array.isArray(data15)) {
                if (data15.name === void 0) {
                  const err36 = { instancePath: instancePath + "/spec/vcenterRef", schemaPath: "#/properties/spec/properties/vcenterRef/required", keyword: "required", params: { missingProperty: "name" }, message: "must have required property 'name'" };
                  if (vErrors === null) {
                    vErrors = [err36];
                  } else {
                    vErrors.push(err36);
                  }
                  errors++;
                }
                for (const key4 in data15) {
                  if (!(key4 === "name")) {
                    const err37 = { instancePath: instancePath + "/spec/vcenterRef", schemaPath: "#/properties/spec/properties/vcenterRef/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key4 }, message: "must NOT have additional properties" };
                    if (vErrors === null) {
                      vErrors = [err37];
                    } else {
                      vErrors.push(err37);
                    }
                    errors++;
                  }
                }
                if (data15.name !== void 0) {
                  let data16 = data15.name;
                  if (typeof data16 === "string") {
                    if (func3(data16) > 253) {
                      const err38 = { instancePath: instancePath + "/spec/vcenterRef/name", schemaPath: "#/properties/spec/properties/vcenterRef/properties/name/maxLength", keyword: "maxLength", params: { limit: 253 }, message: "must NOT have more than 253 characters" };
                      if (vErrors === null) {
                        vErrors = [err38];
                      } else {
                        vErrors.push(err38);
                      }
                      errors++;
                    }
                    if (!pattern0.test(data16)) {
                      const err39 = { instancePath: instancePath + "/spec/vcenterRef/name", schemaPath: "#/properties/spec/properties/vcenterRef/properties/name/pattern", keyword: "pattern", params: { pattern: "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$" }, message: 'must match pattern "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$"' };
                      if (vErrors === null) {
                        vErrors = [err39];
                      } else {
                        vErrors.push(err39);
                      }
                      errors++;
                    }
                  } else {
                    const err40 = { instancePath: instancePath + "/spec/vcenterRef/name", schemaPath: "#/properties/spec/properties/vcenterRef/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err40];
                    } else {
                      vErrors.push(err40);
                    }
                    errors++;
                  }
                }
              } else {
                const err41 = { instancePath: instancePath + "/spec/vcenterRef", schemaPath: "#/properties/spec/properties/vcenterRef/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                if (vErrors === null) {
                  vErrors = [err41];
                } else {
                  vErrors.push(err41);
                }
                errors++;
              }
            }
            if (data3.placement !== void 0) {
              let data17 = data3.placement;
              if (data17 && typeof data17 == "object" && !Array.isArray(data17)) {
                for (const key5 in data17) {
                  if (!(key5 === "datacenter" || key5 === "folder" || key5 === "cluster" || key5 === "resourcePool" || key5 === "datastore" || key5 === "datastoreCluster" || key5 === "failureDomains" || key5 === "spread")) {
                    const err42 = { instancePath: instancePath + "/spec/placement", schemaPath: "#/properties/spec/properties/placement/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key5 }, message: "must NOT have additional properties" };
                    if (vErrors === null) {
                      vErrors = [err42];
                    } else {
                      vErrors.push(err42);
                    }
                    errors++;
                  }
                }
                if (data17.datacenter !== void 0) {
                  let data18 = data17.datacenter;
                  if (typeof data18 === "string") {
                    if (func3(data18) > 2048) {
                      const err43 = { instancePath: instancePath + "/spec/placement/datacenter", schemaPath: "#/properties/spec/properties/placement/properties/datacenter/maxLength", keyword: "maxLength", params: { limit: 2048 }, message: "must NOT have more than 2048 characters" };
                      if (vErrors === null) {
                        vErrors = [err43];
                      } else {
                        vErrors.push(err43);
                      }
                      errors++;
                    }
                    if (func3(data18) < 1) {
                      const err44 = { instancePath: instancePath + "/spec/placement/datacenter", schemaPath: "#/properties/spec/properties/placement/properties/datacenter/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                      if (vErrors === null) {
                        vErrors = [err44];
                      } else {
                        vErrors.push(err44);
                      }
                      errors++;
                    }
                  } else {
                    const err45 = { instancePath: instancePath + "/spec/placement/datacenter", schemaPath: "#/properties/spec/properties/placement/properties/datacenter/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err45];
                    } else {
                      vErrors.push(err45);
                    }
                    errors++;
                  }
                }
                if (data17.folder !== void 0) {
                  let data19 = data17.folder;
                  if (typeof data19 === "string") {
                    if (func3(data19) > 2048) {
                      const err46 = { instancePath: instancePath + "/spec/placement/folder", schemaPath: "#/properties/spec/properties/placement/properties/folder/maxLength", keyword: "maxLength", params: { limit: 2048 }, message: "must NOT have more than 2048 characters" };
                      if (vErrors === null) {
                        vErrors = [err46];
                      } else {
                        vErrors.push(err46);
                      }
                      errors++;
                    }
                    if (func3(data19) < 1) {
                      const err47 = { instancePath: instancePath + "/spec/placement/folder", schemaPath: "#/properties/spec/properties/placement/properties/folder/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                      if (vErrors === null) {
                        vErrors = [err47];
                      } else {
                        vErrors.push(err47);
                      }
                      errors++;
                    }
                  } else {
                    const err48 = { instancePath: instancePath + "/spec/placement/folder", schemaPath: "#/properties/spec/properties/placement/properties/folder/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err48];
                    } else {
                      vErrors.push(err48);
                    }
                    errors++;
                  }
                }
                if (data17.cluster !== void 0) {
                  let data20 = data17.cluster;
                  if (typeof data20 === "string") {
                    if (func3(data20) > 2048) {
                      const err49 = { instancePath: instancePath + "/spec/placement/cluster", schemaPath: "#/properties/spec/properties/placement/properties/cluster/maxLength", keyword: "maxLength", params: { limit: 2048 }, message: "must NOT have more than 2048 characters" };
                      if (vErrors === null) {
                        vErrors = [err49];
                      } else {
                        vErrors.push(err49);
                      }
                      errors++;
                    }
                    if (func3(data20) < 1) {
                      const err50 = { instancePath: instancePath + "/spec/placement/cluster", schemaPath: "#/properties/spec/properties/placement/properties/cluster/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                      if (vErrors === null) {
                        vErrors = [err50];
                      } else {
                        vErrors.push(err50);
                      }
                      errors++;
                    }
                  } else {
                    const err51 = { instancePath: instancePath + "/spec/placement/cluster", schemaPath: "#/properties/spec/properties/placement/properties/cluster/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err51];
                    } else {
                      vErrors.push(err51);
                    }
                    errors++;
                  }
                }
                if (data17.resourcePool !== void 0) {
                  let data21 = data17.resourcePool;
                  if (typeof data21 === "string") {
                    if (func3(data21) > 2048) {
                      const err52 = { instancePath: instancePath + "/spec/placement/resourcePool", schemaPath: "#/properties/spec/properties/placement/properties/resourcePool/maxLength", keyword: "maxLength", params: { limit: 2048 }, message: "must NOT have more than 2048 characters" };
                      if (vErrors === null) {
                        vErrors = [err52];
                      } else {
                        vErrors.push(err52);
                      }
                      errors++;
                    }
                    if (func3(data21) < 1) {
                      const err53 = { instancePath: instancePath + "/spec/placement/resourcePool", schemaPath: "#/properties/spec/properties/placement/properties/resourcePool/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                      if (vErrors === null) {
                        vErrors = [err53];
                      } else {
                        vErrors.push(err53);
                      }
                      errors++;
                    }
                  } else {
                    const err54 = { instancePath: instancePath + "/spec/placement/resourcePool", schemaPath: "#/properties/spec/properties/placement/properties/resourcePool/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err54];
                    } else {
                      vErrors.push(err54);
                    }
                    errors++;
                  }
                }
                if (data17.datastore !== void 0) {
                  let data22 = data17.datastore;
                  if (typeof data22 === "string") {
                    if (func3(data22) > 2048) {
                      const err55 = { instancePath: instancePath + "/spec/placement/datastore", schemaPath: "#/properties/spec/properties/placement/properties/datastore/maxLength", keyword: "maxLength", params: { limit: 2048 }, message: "must NOT have more than 2048 characters" };
                      if (vErrors === null) {
                        vErrors = [err55];
                      } else {
                        vErrors.push(err55);
                      }
                      errors++;
                    }
                    if (func3(data22) < 1) {
                      const err56 = { instancePath: instancePath + "/spec/placement/datastore", schemaPath: "#/properties/spec/properties/placement/properties/datastore/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                      if (vErrors === null) {
                        vErrors = [err56];
                      } else {
                        vErrors.push(err56);
                      }
                      errors++;
                    }
                  } else {
                    const err57 = { instancePath: instancePath + "/spec/placement/datastore", schemaPath: "#/properties/spec/properties/placement/properties/datastore/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err57];
                    } else {
                      vErrors.push(err57);
                    }
                    errors++;
                  }
                }
                if (data17.datastoreCluster !== void 0) {
                  let data23 = data17.datastoreCluster;
                  if (typeof data23 === "string") {
                    if (func3(data23) > 2048) {
                      const err58 = { instancePath: instancePath + "/spec/placement/datastoreCluster", schemaPath: "#/properties/spec/properties/placement/properties/datastoreCluster/maxLength", keyword: "maxLength", params: { limit: 2048 }, message: "must NOT have more than 2048 characters" };
                      if (vErrors === null) {
                        vErrors = [err58];
                      } else {
                        vErrors.push(err58);
                      }
                      errors++;
                    }
                    if (func3(data23) < 1) {
                      const err59 = { instancePath: instancePath + "/spec/placement/datastoreCluster", schemaPath: "#/properties/spec/properties/placement/properties/datastoreCluster/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                      if (vErrors === null) {
                        vErrors = [err59];
                      } else {
                        vErrors.push(err59);
                      }
                      errors++;
                    }
                  } else {
                    const err60 = { instancePath: instancePath + "/spec/placement/datastoreCluster", schemaPath: "#/properties/spec/properties/placement/properties/datastoreCluster/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err60];
                    } else {
                      vErrors.push(err60);
                    }
                    errors++;
                  }
                }
                if (data17.failureDomains !== void 0) {
                  let data24 = data17.failureDomains;
                  if (Array.isArray(data24)) {
                    if (data24.length > 16) {
                      const err61 = { instancePath: instancePath + "/spec/placement/failureDomains", schemaPath: "#/properties/spec/properties/placement/properties/failureDomains/maxItems", keyword: "maxItems", params: { limit: 16 }, message: "must NOT have more than 16 items" };
                      if (vErrors === null) {
                        vErrors = [err61];
                      } else {
                        vErrors.push(err61);
                      }
                      errors++;
                    }
                    if (data24.length < 1) {
                      const err62 = { instancePath: instancePath + "/spec/placement/failureDomains", schemaPath: "#/properties/spec/properties/placement/properties/failureDomains/minItems", keyword: "minItems", params: { limit: 1 }, message: "must NOT have fewer than 1 items" };
                      if (vErrors === null) {
                        vErrors = [err62];
                      } else {
                        vErrors.push(err62);
                      }
                      errors++;
                    }
                    const len0 = data24.length;
                    for (let i0 = 0; i0 < len0; i0++) {
                      let data25 = data24[i0];
                      if (typeof data25 === "string") {
                        if (func3(data25) > 63) {
                          const err63 = { instancePath: instancePath + "/spec/placement/failureDomains/" + i0, schemaPath: "#/properties/spec/properties/placement/properties/failureDomains/items/maxLength", keyword: "maxLength", params: { limit: 63 }, message: "must NOT have more than 63 characters" };
                          if (vErrors === null) {
                            vErrors = [err63];
                          } else {
                            vErrors.push(err63);
                          }
                          errors++;
                        }
                        if (!pattern1.test(data25)) {
                          const err64 = { instancePath: instancePath + "/spec/placement/failureDomains/" + i0, schemaPath: "#/properties/spec/properties/placement/properties/failureDomains/items/pattern", keyword: "pattern", params: { pattern: "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$" }, message: 'must match pattern "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$"' };
                          if (vErrors === null) {
                            vErrors = [err64];
                          } else {
                            vErrors.push(err64);
                          }
                          errors++;
                        }
                      } else {
                        const err65 = { instancePath: instancePath + "/spec/placement/failureDomains/" + i0, schemaPath: "#/properties/spec/properties/placement/properties/failureDomains/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                        if (vErrors === null) {
                          vErrors = [err65];
                        } else {
                          vErrors.push(err65);
                        }
                        errors++;
                      }
                    }
                  } else {
                    const err66 = { instancePath: instancePath + "/spec/placement/failureDomains", schemaPath: "#/properties/spec/properties/placement/properties/failureDomains/type", keyword: "type", params: { type: "array" }, message: "must be array" };
                    if (vErrors === null) {
                      vErrors = [err66];
                    } else {
                      vErrors.push(err66);
                    }
                    errors++;
                  }
                }
                if (data17.spread !== void 0) {
                  let data26 = data17.spread;
                  if (data26 && typeof data26 == "object" && !Array.isArray(data26)) {
                    for (const key6 in data26) {
                      if (!(key6 === "maxSkew" || key6 === "whenUnsatisfiable")) {
                        const err67 = { instancePath: instancePath + "/spec/placement/spread", schemaPath: "#/properties/spec/properties/placement/properties/spread/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key6 }, message: "must NOT have additional properties" };
                        if (vErrors === null) {
                          vErrors = [err67];
                        } else {
                          vErrors.push(err67);
                        }
                        errors++;
                      }
                    }
                    if (data26.maxSkew !== void 0) {
                      let data27 = data26.maxSkew;
                      if (!(typeof data27 == "number" && (!(data27 % 1) && !isNaN(data27)))) {
                        const err68 = { instancePath: instancePath + "/spec/placement/spread/maxSkew", schemaPath: "#/properties/spec/properties/placement/properties/spread/properties/maxSkew/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
                        if (vErrors === null) {
                          vErrors = [err68];
                        } else {
                          vErrors.push(err68);
                        }
                        errors++;
                      }
                      if (typeof data27 == "number") {
                        if (data27 > 100 || isNaN(data27)) {
                          const err69 = { instancePath: instancePath + "/spec/placement/spread/maxSkew", schemaPath: "#/properties/spec/properties/placement/properties/spread/properties/maxSkew/maximum", keyword: "maximum", params: { comparison: "<=", limit: 100 }, message: "must be <= 100" };
                          if (vErrors === null) {
                            vErrors = [err69];
                          } else {
                            vErrors.push(err69);
                          }
                          errors++;
                        }
                        if (data27 < 1 || isNaN(data27)) {
                          const err70 = { instancePath: instancePath + "/spec/placement/spread/maxSkew", schemaPath: "#/properties/spec/properties/placement/properties/spread/properties/maxSkew/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" };
                          if (vErrors === null) {
                            vErrors = [err70];
                          } else {
                            vErrors.push(err70);
                          }
                          errors++;
                        }
                      }
                    }
                    if (data26.whenUnsatisfiable !== void 0) {
                      let data28 = data26.whenUnsatisfiable;
                      if (typeof data28 !== "string") {
                        const err71 = { instancePath: instancePath + "/spec/placement/spread/whenUnsatisfiable", schemaPath: "#/properties/spec/properties/placement/properties/spread/properties/whenUnsatisfiable/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                        if (vErrors === null) {
                          vErrors = [err71];
                        } else {
                          vErrors.push(err71);
                        }
                        errors++;
                      }
                      if (!(data28 === "DoNotSchedule" || data28 === "ScheduleAnyway")) {
                        const err72 = { instancePath: instancePath + "/spec/placement/spread/whenUnsatisfiable", schemaPath: "#/properties/spec/properties/placement/properties/spread/properties/whenUnsatisfiable/enum", keyword: "enum", params: { allowedValues: schema11.properties.spec.properties.placement.properties.spread.properties.whenUnsatisfiable.enum }, message: "must be equal to one of the allowed values" };
                        if (vErrors === null) {
                          vErrors = [err72];
                        } else {
                          vErrors.push(err72);
                        }
                        errors++;
                      }
                    }
                  } else {
                    const err73 = { instancePath: instancePath + "/spec/placement/spread", schemaPath: "#/properties/spec/properties/placement/properties/spread/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                    if (vErrors === null) {
                      vErrors = [err73];
                    } else {
                      vErrors.push(err73);
                    }
                    errors++;
                  }
                }
              } else {
                const err74 = { instancePath: instancePath + "/spec/placement", schemaPath: "#/properties/spec/properties/placement/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                if (vErrors === null) {
                  vErrors = [err74];
                } else {
                  vErrors.push(err74);
                }
                errors++;
              }
            }
            if (data3.networks !== void 0) {
              let data29 = data3.networks;
              if (Array.isArray(data29)) {
                if (data29.length > 10) {
                  const err75 = { instancePath: instancePath + "/spec/networks", schemaPath: "#/properties/spec/properties/networks/maxItems", keyword: "maxItems", params: { limit: 10 }, message: "must NOT have more than 10 items" };
                  if (vErrors === null) {
                    vErrors = [err75];
                  } else {
                    vErrors.push(err75);
                  }
                  errors++;
                }
                const len1 = data29.length;
                for (let i1 = 0; i1 < len1; i1++) {
                  let data30 = data29[i1];
                  if (data30 && typeof data30 == "object" && !Array.isArray(data30)) {
                    if (data30.name === void 0) {
                      const err76 = { instancePath: instancePath + "/spec/networks/" + i1, schemaPath: "#/properties/spec/properties/networks/items/required", keyword: "required", params: { missingProperty: "name" }, message: "must have required property 'name'" };
                      if (vErrors === null) {
                        vErrors = [err76];
                      } else {
                        vErrors.push(err76);
                      }
                      errors++;
                    }
                    if (data30.network === void 0) {
                      const err77 = { instancePath: instancePath + "/spec/networks/" + i1, schemaPath: "#/properties/spec/properties/networks/items/required", keyword: "required", params: { missingProperty: "network" }, message: "must have required property 'network'" };
                      if (vErrors === null) {
                        vErrors = [err77];
                      } else {
                        vErrors.push(err77);
                      }
                      errors++;
                    }
                    for (const key7 in data30) {
                      if (!(key7 === "name" || key7 === "network" || key7 === "addresses" || key7 === "gateway" || key7 === "nameservers")) {
                        const err78 = { instancePath: instancePath + "/spec/networks/" + i1, schemaPath: "#/properties/spec/properties/networks/items/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key7 }, message: "must NOT have additional properties" };
                        if (vErrors === null) {
                          vErrors = [err78];
                        } else {
                          vErrors.push(err78);
                        }
                        errors++;
                      }
                    }
                    if (data30.name !== void 0) {
                      let data31 = data30.name;
                      if (typeof data31 === "string") {
                        if (func3(data31) > 63) {
                          const err79 = { instancePath: instancePath + "/spec/networks/" + i1 + "/name", schemaPath: "#/properties/spec/properties/networks/items/properties/name/maxLength", keyword: "maxLength", params: { limit: 63 }, message: "must NOT have more than 63 characters" };
                          if (vErrors === null) {
                            vErrors = [err79];
                          } else {
                            vErrors.push(err79);
                          }
                          errors++;
                        }
                        if (func3(data31) < 1) {
                          const err80 = { instancePath: instancePath + "/spec/networks/" + i1 + "/name", schemaPath: "#/properties/spec/properties/networks/items/properties/name/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                          if (vErrors === null) {
                            vErrors = [err80];
                          } else {
                            vErrors.push(err80);
                          }
                          errors++;
                        }
                        if (!pattern1.test(data31)) {
                          const err81 = { instancePath: instancePath + "/spec/networks/" + i1 + "/name", schemaPath: "#/properties/spec/properties/networks/items/properties/name/pattern", keyword: "pattern", params: { pattern: "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$" }, message: 'must match pattern "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$"' };
                          if (vErrors === null) {
                            vErrors = [err81];
                          } else {
                            vErrors.push(err81);
                          }
                          errors++;
                        }
                      } else {
                        const err82 = { instancePath: instancePath + "/spec/networks/" + i1 + "/name", schemaPath: "#/properties/spec/properties/networks/items/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                        if (vErrors === null) {
                          vErrors = [err82];
                        } else {
                          vErrors.push(err82);
                        }
                        errors++;
                      }
                    }
                    if (data30.network !== void 0) {
                      let data32 = data30.network;
                      if (typeof data32 === "string") {
                        if (func3(data32) > 2048) {
                          const err83 = { instancePath: instancePath + "/spec/networks/" + i1 + "/network", schemaPath: "#/properties/spec/properties/networks/items/properties/network/maxLength", keyword: "maxLength", params: { limit: 2048 }, message: "must NOT have more than 2048 characters" };
                          if (vErrors === null) {
                            vErrors = [err83];
                          } else {
                            vErrors.push(err83);
                          }
                          errors++;
                        }
                        if (func3(data32) < 1) {
                          const err84 = { instancePath: instancePath + "/spec/networks/" + i1 + "/network", schemaPath: "#/properties/spec/properties/networks/items/properties/network/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                          if (vErrors === null) {
                            vErrors = [err84];
                          } else {
                            vErrors.push(err84);
                          }
                          errors++;
                        }
                      } else {
                        const err85 = { instancePath: instancePath + "/spec/networks/" + i1 + "/network", schemaPath: "#/properties/spec/properties/networks/items/properties/network/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                        if (vErrors === null) {
                          vErrors = [err85];
                        } else {
                          vErrors.push(err85);
                        }
                        errors++;
                      }
                    }
                    if (data30.addresses !== void 0) {
                      let data33 = data30.addresses;
                      if (Array.isArray(data33)) {
                        if (data33.length > 512) {
                          const err86 = { instancePath: instancePath + "/spec/networks/" + i1 + "/addresses", schemaPath: "#/properties/spec/properties/networks/items/properties/addresses/maxItems", keyword: "maxItems", params: { limit: 512 }, message: "must NOT have more than 512 items" };
                          if (vErrors === null) {
                            vErrors = [err86];
                          } else {
                            vErrors.push(err86);
                          }
                          errors++;
                        }
                        if (data33.length < 1) {
                          const err87 = { instancePath: instancePath + "/spec/networks/" + i1 + "/addresses", schemaPath: "#/properties/spec/properties/networks/items/properties/addresses/minItems", keyword: "minItems", params: { limit: 1 }, message: "must NOT have fewer than 1 items" };
                          if (vErrors === null) {
                            vErrors = [err87];
                          } else {
                            vErrors.push(err87);
                          }
                          errors++;
                        }
                        const len2 = data33.length;
                        for (let i2 = 0; i2 < len2; i2++) {
                          let data34 = data33[i2];
                          if (typeof data34 === "string") {
                            if (func3(data34) > 43) {
                              const err88 = { instancePath: instancePath + "/spec/networks/" + i1 + "/addresses/" + i2, schemaPath: "#/properties/spec/properties/networks/items/properties/addresses/items/maxLength", keyword: "maxLength", params: { limit: 43 }, message: "must NOT have more than 43 characters" };
                              if (vErrors === null) {
                                vErrors = [err88];
                              } else {
                                vErrors.push(err88);
                              }
                              errors++;
                            }
                          } else {
                            const err89 = { instancePath: instancePath + "/spec/networks/" + i1 + "/addresses/" + i2, schemaPath: "#/properties/spec/properties/networks/items/properties/addresses/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                            if (vErrors === null) {
                              vErrors = [err89];
                            } else {
                              vErrors.push(err89);
                            }
                            errors++;
                          }
                        }
                      } else {
                        const err90 = { instancePath: instancePath + "/spec/networks/" + i1 + "/addresses", schemaPath: "#/properties/spec/properties/networks/items/properties/addresses/type", keyword: "type", params: { type: "array" }, message: "must be array" };
                        if (vErrors === null) {
                          vErrors = [err90];
                        } else {
                          vErrors.push(err90);
                        }
                        errors++;
                      }
                    }
                    if (data30.gateway !== void 0) {
                      let data35 = data30.gateway;
                      if (typeof data35 === "string") {
                        if (func3(data35) > 39) {
                          const err91 = { instancePath: instancePath + "/spec/networks/" + i1 + "/gateway", schemaPath: "#/properties/spec/properties/networks/items/properties/gateway/maxLength", keyword: "maxLength", params: { limit: 39 }, message: "must NOT have more than 39 characters" };
                          if (vErrors === null) {
                            vErrors = [err91];
                          } else {
                            vErrors.push(err91);
                          }
                          errors++;
                        }
                      } else {
                        const err92 = { instancePath: instancePath + "/spec/networks/" + i1 + "/gateway", schemaPath: "#/properties/spec/properties/networks/items/properties/gateway/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                        if (vErrors === null) {
                          vErrors = [err92];
                        } else {
                          vErrors.push(err92);
                        }
                        errors++;
                      }
                    }
                    if (data30.nameservers !== void 0) {
                      let data36 = data30.nameservers;
                      if (Array.isArray(data36)) {
                        if (data36.length > 3) {
                          const err93 = { instancePath: instancePath + "/spec/networks/" + i1 + "/nameservers", schemaPath: "#/properties/spec/properties/networks/items/properties/nameservers/maxItems", keyword: "maxItems", params: { limit: 3 }, message: "must NOT have more than 3 items" };
                          if (vErrors === null) {
                            vErrors = [err93];
                          } else {
                            vErrors.push(err93);
                          }
                          errors++;
                        }
                        const len3 = data36.length;
                        for (let i3 = 0; i3 < len3; i3++) {
                          let data37 = data36[i3];
                          if (typeof data37 === "string") {
                            if (func3(data37) > 39) {
                              const err94 = { instancePath: instancePath + "/spec/networks/" + i1 + "/nameservers/" + i3, schemaPath: "#/properties/spec/properties/networks/items/properties/nameservers/items/maxLength", keyword: "maxLength", params: { limit: 39 }, message: "must NOT have more than 39 characters" };
                              if (vErrors === null) {
                                vErrors = [err94];
                              } else {
                                vErrors.push(err94);
                              }
                              errors++;
                            }
                          } else {
                            const err95 = { instancePath: instancePath + "/spec/networks/" + i1 + "/nameservers/" + i3, schemaPath: "#/properties/spec/properties/networks/items/properties/nameservers/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                            if (vErrors === null) {
                              vErrors = [err95];
                            } else {
                              vErrors.push(err95);
                            }
                            errors++;
                          }
                        }
                      } else {
                        const err96 = { instancePath: instancePath + "/spec/networks/" + i1 + "/nameservers", schemaPath: "#/properties/spec/properties/networks/items/properties/nameservers/type", keyword: "type", params: { type: "array" }, message: "must be array" };
                        if (vErrors === null) {
                          vErrors = [err96];
                        } else {
                          vErrors.push(err96);
                        }
                        errors++;
                      }
                    }
                  } else {
                    const err97 = { instancePath: instancePath + "/spec/networks/" + i1, schemaPath: "#/properties/spec/properties/networks/items/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                    if (vErrors === null) {
                      vErrors = [err97];
                    } else {
                      vErrors.push(err97);
                    }
                    errors++;
                  }
                }
              } else {
                const err98 = { instancePath: instancePath + "/spec/networks", schemaPath: "#/properties/spec/properties/networks/type", keyword: "type", params: { type: "array" }, message: "must be array" };
                if (vErrors === null) {
                  vErrors = [err98];
                } else {
                  vErrors.push(err98);
                }
                errors++;
              }
            }
            if (data3.disks !== void 0) {
              let data38 = data3.disks;
              if (data38 && typeof data38 == "object" && !Array.isArray(data38)) {
                for (const key8 in data38) {
                  if (!(key8 === "rootSizeGiB" || key8 === "extra")) {
                    const err99 = { instancePath: instancePath + "/spec/disks", schemaPath: "#/properties/spec/properties/disks/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key8 }, message: "must NOT have additional properties" };
                    if (vErrors === null) {
                      vErrors = [err99];
                    } else {
                      vErrors.push(err99);
                    }
                    errors++;
                  }
                }
                if (data38.rootSizeGiB !== void 0) {
                  let data39 = data38.rootSizeGiB;
                  if (!(typeof data39 == "number" && (!(data39 % 1) && !isNaN(data39)))) {
                    const err100 = { instancePath: instancePath + "/spec/disks/rootSizeGiB", schemaPath: "#/properties/spec/properties/disks/properties/rootSizeGiB/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
                    if (vErrors === null) {
                      vErrors = [err100];
                    } else {
                      vErrors.push(err100);
                    }
                    errors++;
                  }
                  if (typeof data39 == "number") {
                    if (data39 > 63488 || isNaN(data39)) {
                      const err101 = { instancePath: instancePath + "/spec/disks/rootSizeGiB", schemaPath: "#/properties/spec/properties/disks/properties/rootSizeGiB/maximum", keyword: "maximum", params: { comparison: "<=", limit: 63488 }, message: "must be <= 63488" };
                      if (vErrors === null) {
                        vErrors = [err101];
                      } else {
                        vErrors.push(err101);
                      }
                      errors++;
                    }
                    if (data39 < 1 || isNaN(data39)) {
                      const err102 = { instancePath: instancePath + "/spec/disks/rootSizeGiB", schemaPath: "#/properties/spec/properties/disks/properties/rootSizeGiB/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" };
                      if (vErrors === null) {
                        vErrors = [err102];
                      } else {
                        vErrors.push(err102);
                      }
                      errors++;
                    }
                  }
                }
                if (data38.extra !== void 0) {
                  let data40 = data38.extra;
                  if (Array.isArray(data40)) {
                    if (data40.length > 14) {
                      const err103 = { instancePath: instancePath + "/spec/disks/extra", schemaPath: "#/properties/spec/properties/disks/properties/extra/maxItems", keyword: "maxItems", params: { limit: 14 }, message: "must NOT have more than 14 items" };
                      if (vErrors === null) {
                        vErrors = [err103];
                      } else {
                        vErrors.push(err103);
                      }
                      errors++;
                    }
                    const len4 = data40.length;
                    for (let i4 = 0; i4 < len4; i4++) {
                      let data41 = data40[i4];
                      if (data41 && typeof data41 == "object" && !Array.isArray(data41)) {
                        if (data41.name === void 0) {
                          const err104 = { instancePath: instancePath + "/spec/disks/extra/" + i4, schemaPath: "#/properties/spec/properties/disks/properties/extra/items/required", keyword: "required", params: { missingProperty: "name" }, message: "must have required property 'name'" };
                          if (vErrors === null) {
                            vErrors = [err104];
                          } else {
                            vErrors.push(err104);
                          }
                          errors++;
                        }
                        if (data41.sizeGiB === void 0) {
                          const err105 = { instancePath: instancePath + "/spec/disks/extra/" + i4, schemaPath: "#/properties/spec/properties/disks/properties/extra/items/required", keyword: "required", params: { missingProperty: "sizeGiB" }, message: "must have required property 'sizeGiB'" };
                          if (vErrors === null) {
                            vErrors = [err105];
                          } else {
                            vErrors.push(err105);
                          }
                          errors++;
                        }
                        for (const key9 in data41) {
                          if (!(key9 === "name" || key9 === "sizeGiB" || key9 === "provisioning")) {
                            const err106 = { instancePath: instancePath + "/spec/disks/extra/" + i4, schemaPath: "#/properties/spec/properties/disks/properties/extra/items/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key9 }, message: "must NOT have additional properties" };
                            if (vErrors === null) {
                              vErrors = [err106];
                            } else {
                              vErrors.push(err106);
                            }
                            errors++;
                          }
                        }
                        if (data41.name !== void 0) {
                          let data42 = data41.name;
                          if (typeof data42 === "string") {
                            if (func3(data42) > 63) {
                              const err107 = { instancePath: instancePath + "/spec/disks/extra/" + i4 + "/name", schemaPath: "#/properties/spec/properties/disks/properties/extra/items/properties/name/maxLength", keyword: "maxLength", params: { limit: 63 }, message: "must NOT have more than 63 characters" };
                              if (vErrors === null) {
                                vErrors = [err107];
                              } else {
                                vErrors.push(err107);
                              }
                              errors++;
                            }
                            if (func3(data42) < 1) {
                              const err108 = { instancePath: instancePath + "/spec/disks/extra/" + i4 + "/name", schemaPath: "#/properties/spec/properties/disks/properties/extra/items/properties/name/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                              if (vErrors === null) {
                                vErrors = [err108];
                              } else {
                                vErrors.push(err108);
                              }
                              errors++;
                            }
                            if (!pattern1.test(data42)) {
                              const err109 = { instancePath: instancePath + "/spec/disks/extra/" + i4 + "/name", schemaPath: "#/properties/spec/properties/disks/properties/extra/items/properties/name/pattern", keyword: "pattern", params: { pattern: "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$" }, message: 'must match pattern "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$"' };
                              if (vErrors === null) {
                                vErrors = [err109];
                              } else {
                                vErrors.push(err109);
                              }
                              errors++;
                            }
                          } else {
                            const err110 = { instancePath: instancePath + "/spec/disks/extra/" + i4 + "/name", schemaPath: "#/properties/spec/properties/disks/properties/extra/items/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                            if (vErrors === null) {
                              vErrors = [err110];
                            } else {
                              vErrors.push(err110);
                            }
                            errors++;
                          }
                        }
                        if (data41.sizeGiB !== void 0) {
                          let data43 = data41.sizeGiB;
                          if (!(typeof data43 == "number" && (!(data43 % 1) && !isNaN(data43)))) {
                            const err111 = { instancePath: instancePath + "/spec/disks/extra/" + i4 + "/sizeGiB", schemaPath: "#/properties/spec/properties/disks/properties/extra/items/properties/sizeGiB/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
                            if (vErrors === null) {
                              vErrors = [err111];
                            } else {
                              vErrors.push(err111);
                            }
                            errors++;
                          }
                          if (typeof data43 == "number") {
                            if (data43 > 63488 || isNaN(data43)) {
                              const err112 = { instancePath: instancePath + "/spec/disks/extra/" + i4 + "/sizeGiB", schemaPath: "#/properties/spec/properties/disks/properties/extra/items/properties/sizeGiB/maximum", keyword: "maximum", params: { comparison: "<=", limit: 63488 }, message: "must be <= 63488" };
                              if (vErrors === null) {
                                vErrors = [err112];
                              } else {
                                vErrors.push(err112);
                              }
                              errors++;
                            }
                            if (data43 < 1 || isNaN(data43)) {
                              const err113 = { instancePath: instancePath + "/spec/disks/extra/" + i4 + "/sizeGiB", schemaPath: "#/properties/spec/properties/disks/properties/extra/items/properties/sizeGiB/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" };
                              if (vErrors === null) {
                                vErrors = [err113];
                              } else {
                                vErrors.push(err113);
                              }
                              errors++;
                            }
                          }
                        }
                        if (data41.provisioning !== void 0) {
                          let data44 = data41.provisioning;
                          if (typeof data44 !== "string") {
                            const err114 = { instancePath: instancePath + "/spec/disks/extra/" + i4 + "/provisioning", schemaPath: "#/properties/spec/properties/disks/properties/extra/items/properties/provisioning/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                            if (vErrors === null) {
                              vErrors = [err114];
                            } else {
                              vErrors.push(err114);
                            }
                            errors++;
                          }
                          if (!(data44 === "Thin" || data44 === "Thick" || data44 === "EagerZeroedThick")) {
                            const err115 = { instancePath: instancePath + "/spec/disks/extra/" + i4 + "/provisioning", schemaPath: "#/properties/spec/properties/disks/properties/extra/items/properties/provisioning/enum", keyword: "enum", params: { allowedValues: schema11.properties.spec.properties.disks.properties.extra.items.properties.provisioning.enum }, message: "must be equal to one of the allowed values" };
                            if (vErrors === null) {
                              vErrors = [err115];
                            } else {
                              vErrors.push(err115);
                            }
                            errors++;
                          }
                        }
                      } else {
                        const err116 = { instancePath: instancePath + "/spec/disks/extra/" + i4, schemaPath: "#/properties/spec/properties/disks/properties/extra/items/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                        if (vErrors === null) {
                          vErrors = [err116];
                        } else {
                          vErrors.push(err116);
                        }
                        errors++;
                      }
                    }
                  } else {
                    const err117 = { instancePath: instancePath + "/spec/disks/extra", schemaPath: "#/properties/spec/properties/disks/properties/extra/type", keyword: "type", params: { type: "array" }, message: "must be array" };
                    if (vErrors === null) {
                      vErrors = [err117];
                    } else {
                      vErrors.push(err117);
                    }
                    errors++;
                  }
                }
              } else {
                const err118 = { instancePath: instancePath + "/spec/disks", schemaPath: "#/properties/spec/properties/disks/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                if (vErrors === null) {
                  vErrors = [err118];
                } else {
                  vErrors.push(err118);
                }
                errors++;
              }
            }
            if (data3.guest !== void 0) {
              let data45 = data3.guest;
              if (data45 && typeof data45 == "object" && !Array.isArray(data45)) {
                for (const key10 in data45) {
                  if (!(key10 === "cloudInit" || key10 === "ignition")) {
                    const err119 = { instancePath: instancePath + "/spec/guest", schemaPath: "#/properties/spec/properties/guest/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key10 }, message: "must NOT have additional properties" };
                    if (vErrors === null) {
                      vErrors = [err119];
                    } else {
                      vErrors.push(err119);
                    }
                    errors++;
                  }
                }
                if (data45.cloudInit !== void 0) {
                  let data46 = data45.cloudInit;
                  if (data46 && typeof data46 == "object" && !Array.isArray(data46)) {
                    for (const key11 in data46) {
                      if (!(key11 === "cleanup" || key11 === "userData" || key11 === "metadata")) {
                        const err120 = { instancePath: instancePath + "/spec/guest/cloudInit", schemaPath: "#/properties/spec/properties/guest/properties/cloudInit/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key11 }, message: "must NOT have additional properties" };
                        if (vErrors === null) {
                          vErrors = [err120];
                        } else {
                          vErrors.push(err120);
                        }
                        errors++;
                      }
                    }
                    if (data46.cleanup !== void 0) {
                      if (typeof data46.cleanup !== "boolean") {
                        const err121 = { instancePath: instancePath + "/spec/guest/cloudInit/cleanup", schemaPath: "#/properties/spec/properties/guest/properties/cloudInit/properties/cleanup/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" };
                        if (vErrors === null) {
                          vErrors = [err121];
                        } else {
                          vErrors.push(err121);
                        }
                        errors++;
                      }
                    }
                    if (data46.userData !== void 0) {
                      let data48 = data46.userData;
                      if (data48 && typeof data48 == "object" && !Array.isArray(data48)) {
                        for (const key12 in data48) {
                          if (!(key12 === "secretKeyRef" || key12 === "value")) {
                            const err122 = { instancePath: instancePath + "/spec/guest/cloudInit/userData", schemaPath: "#/properties/spec/properties/guest/properties/cloudInit/properties/userData/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key12 }, message: "must NOT have additional properties" };
                            if (vErrors === null) {
                              vErrors = [err122];
                            } else {
                              vErrors.push(err122);
                            }
                            errors++;
                          }
                        }
                        if (data48.secretKeyRef !== void 0) {
                          let data49 = data48.secretKeyRef;
                          if (data49 && typeof data49 == "object" && !Array.isArray(data49)) {
                            if (data49.name === void 0) {
                              const err123 = { instancePath: instancePath + "/spec/guest/cloudInit/userData/secretKeyRef", schemaPath: "#/properties/spec/properties/guest/properties/cloudInit/properties/userData/properties/secretKeyRef/required", keyword: "required", params: { missingProperty: "name" }, message: "must have required property 'name'" };
                              if (vErrors === null) {
                                vErrors = [err123];
                              } else {
                                vErrors.push(err123);
                              }
                              errors++;
                            }
                            if (data49.key === void 0) {
                              const err124 = { instancePath: instancePath + "/spec/guest/cloudInit/userData/secretKeyRef", schemaPath: "#/properties/spec/properties/guest/properties/cloudInit/properties/userData/properties/secretKeyRef/required", keyword: "required", params: { missingProperty: "key" }, message: "must have required property 'key'" };
                              if (vErrors === null) {
                                vErrors = [err124];
                              } else {
                                vErrors.push(err124);
                              }
                              errors++;
                            }
                            for (const key13 in data49) {
                              if (!(key13 === "name" || key13 === "key")) {
                                const err125 = { instancePath: instancePath + "/spec/guest/cloudInit/userData/secretKeyRef", schemaPath: "#/properties/spec/properties/guest/properties/cloudInit/properties/userData/properties/secretKeyRef/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key13 }, message: "must NOT have additional properties" };
                                if (vErrors === null) {
                                  vErrors = [err125];
                                } else {
                                  vErrors.push(err125);
                                }
                                errors++;
                              }
                            }
                            if (data49.name !== void 0) {
                              let data50 = data49.name;
                              if (typeof data50 === "string") {
                                if (func3(data50) > 253) {
                                  const err126 = { instancePath: instancePath + "/spec/guest/cloudInit/userData/secretKeyRef/name", schemaPath: "#/properties/spec/properties/guest/properties/cloudInit/properties/userData/properties/secretKeyRef/properties/name/maxLength", keyword: "maxLength", params: { limit: 253 }, message: "must NOT have more than 253 characters" };
                                  if (vErrors === null) {
                                    vErrors = [err126];
                                  } else {
                                    vErrors.push(err126);
                                  }
                                  errors++;
                                }
                                if (func3(data50) < 1) {
                                  const err127 = { instancePath: instancePath + "/spec/guest/cloudInit/userData/secretKeyRef/name", schemaPath: "#/properties/spec/properties/guest/properties/cloudInit/properties/userData/properties/secretKeyRef/properties/name/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                                  if (vErrors === null) {
                                    vErrors = [err127];
                                  } else {
                                    vErrors.push(err127);
                                  }
                                  errors++;
                                }
                              } else {
                                const err128 = { instancePath: instancePath + "/spec/guest/cloudInit/userData/secretKeyRef/name", schemaPath: "#/properties/spec/properties/guest/properties/cloudInit/properties/userData/properties/secretKeyRef/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                                if (vErrors === null) {
                                  vErrors = [err128];
                                } else {
                                  vErrors.push(err128);
                                }
                                errors++;
                              }
                            }
                            if (data49.key !== void 0) {
                              let data51 = data49.key;
                              if (typeof data51 === "string") {
                                if (func3(data51) > 253) {
                                  const err129 = { instancePath: instancePath + "/spec/guest/cloudInit/userData/secretKeyRef/key", schemaPath: "#/properties/spec/properties/guest/properties/cloudInit/properties/userData/properties/secretKeyRef/properties/key/maxLength", keyword: "maxLength", params: { limit: 253 }, message: "must NOT have more than 253 characters" };
                                  if (vErrors === null) {
                                    vErrors = [err129];
                                  } else {
                                    vErrors.push(err129);
                                  }
                                  errors++;
                                }
                                if (func3(data51) < 1) {
                                  const err130 = { instancePath: instancePath + "/spec/guest/cloudInit/userData/secretKeyRef/key", schemaPath: "#/properties/spec/properties/guest/properties/cloudInit/properties/userData/properties/secretKeyRef/properties/key/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                                  if (vErrors === null) {
                                    vErrors = [err130];
                                  } else {
                                    vErrors.push(err130);
                                  }
                                  errors++;
                                }
                                if (!pattern4.test(data51)) {
                                  const err131 = { instancePath: instancePath + "/spec/guest/cloudInit/userData/secretKeyRef/key", schemaPath: "#/properties/spec/properties/guest/properties/cloudInit/properties/userData/properties/secretKeyRef/properties/key/pattern", keyword: "pattern", params: { pattern: "^[-._a-zA-Z0-9]+$" }, message: 'must match pattern "^[-._a-zA-Z0-9]+$"' };
                                  if (vErrors === null) {
                                    vErrors = [err131];
                                  } else {
                                    vErrors.push(err131);
                                  }
                                  errors++;
                                }
                              } else {
                                const err132 = { instancePath: instancePath + "/spec/guest/cloudInit/userData/secretKeyRef/key", schemaPath: "#/properties/spec/properties/guest/properties/cloudInit/properties/userData/properties/secretKeyRef/properties/key/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                                if (vErrors === null) {
                                  vErrors = [err132];
                                } else {
                                  vErrors.push(err132);
                                }
                                errors++;
                              }
                            }
                          } else {
                            const err133 = { instancePath: instancePath + "/spec/guest/cloudInit/userData/secretKeyRef", schemaPath: "#/properties/spec/properties/guest/properties/cloudInit/properties/userData/properties/secretKeyRef/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                            if (vErrors === null) {
                              vErrors = [err133];
                            } else {
                              vErrors.push(err133);
                            }
                            errors++;
                          }
                        }
                        if (data48.value !== void 0) {
                          let data52 = data48.value;
                          if (typeof data52 === "string") {
                            if (func3(data52) > 65536) {
                              const err134 = { instancePath: instancePath + "/spec/guest/cloudInit/userData/value", schemaPath: "#/properties/spec/properties/guest/properties/cloudInit/properties/userData/properties/value/maxLength", keyword: "maxLength", params: { limit: 65536 }, message: "must NOT have more than 65536 characters" };
                              if (vErrors === null) {
                                vErrors = [err134];
                              } else {
                                vErrors.push(err134);
                              }
                              errors++;
                            }
                          } else {
                            const err135 = { instancePath: instancePath + "/spec/guest/cloudInit/userData/value", schemaPath: "#/properties/spec/properties/guest/properties/cloudInit/properties/userData/properties/value/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                            if (vErrors === null) {
                              vErrors = [err135];
                            } else {
                              vErrors.push(err135);
                            }
                            errors++;
                          }
                        }
                      } else {
                        const err136 = { instancePath: instancePath + "/spec/guest/cloudInit/userData", schemaPath: "#/properties/spec/properties/guest/properties/cloudInit/properties/userData/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                        if (vErrors === null) {
                          vErrors = [err136];
                        } else {
                          vErrors.push(err136);
                        }
                        errors++;
                      }
                    }
                    if (data46.metadata !== void 0) {
                      let data53 = data46.metadata;
                      if (data53 && typeof data53 == "object" && !Array.isArray(data53)) {
                        for (const key14 in data53) {
                          if (!(key14 === "secretKeyRef" || key14 === "value")) {
                            const err137 = { instancePath: instancePath + "/spec/guest/cloudInit/metadata", schemaPath: "#/properties/spec/properties/guest/properties/cloudInit/properties/metadata/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key14 }, message: "must NOT have additional properties" };
                            if (vErrors === null) {
                              vErrors = [err137];
                            } else {
                              vErrors.push(err137);
                            }
                            errors++;
                          }
                        }
                        if (data53.secretKeyRef !== void 0) {
                          let data54 = data53.secretKeyRef;
                          if (data54 && typeof data54 == "object" && !Array.isArray(data54)) {
                            if (data54.name === void 0) {
                              const err138 = { instancePath: instancePath + "/spec/guest/cloudInit/metadata/secretKeyRef", schemaPath: "#/properties/spec/properties/guest/properties/cloudInit/properties/metadata/properties/secretKeyRef/required", keyword: "required", params: { missingProperty: "name" }, message: "must have required property 'name'" };
                              if (vErrors === null) {
                                vErrors = [err138];
                              } else {
                                vErrors.push(err138);
                              }
                              errors++;
                            }
                            if (data54.key === void 0) {
                              const err139 = { instancePath: instancePath + "/spec/guest/cloudInit/metadata/secretKeyRef", schemaPath: "#/properties/spec/properties/guest/properties/cloudInit/properties/metadata/properties/secretKeyRef/required", keyword: "required", params: { missingProperty: "key" }, message: "must have required property 'key'" };
                              if (vErrors === null) {
                                vErrors = [err139];
                              } else {
                                vErrors.push(err139);
                              }
                              errors++;
                            }
                            for (const key15 in data54) {
                              if (!(key15 === "name" || key15 === "key")) {
                                const err140 = { instancePath: instancePath + "/spec/guest/cloudInit/metadata/secretKeyRef", schemaPath: "#/properties/spec/properties/guest/properties/cloudInit/properties/metadata/properties/secretKeyRef/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key15 }, message: "must NOT have additional properties" };
                                if (vErrors === null) {
                                  vErrors = [err140];
                                } else {
                                  vErrors.push(err140);
                                }
                                errors++;
                              }
                            }
                            if (data54.name !== void 0) {
                              let data55 = data54.name;
                              if (typeof data55 === "string") {
                                if (func3(data55) > 253) {
                                  const err141 = { instancePath: instancePath + "/spec/guest/cloudInit/metadata/secretKeyRef/name", schemaPath: "#/properties/spec/properties/guest/properties/cloudInit/properties/metadata/properties/secretKeyRef/properties/name/maxLength", keyword: "maxLength", params: { limit: 253 }, message: "must NOT have more than 253 characters" };
                                  if (vErrors === null) {
                                    vErrors = [err141];
                                  } else {
                                    vErrors.push(err141);
                                  }
                                  errors++;
                                }
                                if (func3(data55) < 1) {
                                  const err142 = { instancePath: instancePath + "/spec/guest/cloudInit/metadata/secretKeyRef/name", schemaPath: "#/properties/spec/properties/guest/properties/cloudInit/properties/metadata/properties/secretKeyRef/properties/name/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                                  if (vErrors === null) {
                                    vErrors = [err142];
                                  } else {
                                    vErrors.push(err142);
                                  }
                                  errors++;
                                }
                              } else {
                                const err143 = { instancePath: instancePath + "/spec/guest/cloudInit/metadata/secretKeyRef/name", schemaPath: "#/properties/spec/properties/guest/properties/cloudInit/properties/metadata/properties/secretKeyRef/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                                if (vErrors === null) {
                                  vErrors = [err143];
                                } else {
                                  vErrors.push(err143);
                                }
                                errors++;
                              }
                            }
                            if (data54.key !== void 0) {
                              let data56 = data54.key;
                              if (typeof data56 === "string") {
                                if (func3(data56) > 253) {
                                  const err144 = { instancePath: instancePath + "/spec/guest/cloudInit/metadata/secretKeyRef/key", schemaPath: "#/properties/spec/properties/guest/properties/cloudInit/properties/metadata/properties/secretKeyRef/properties/key/maxLength", keyword: "maxLength", params: { limit: 253 }, message: "must NOT have more than 253 characters" };
                                  if (vErrors === null) {
                                    vErrors = [err144];
                                  } else {
                                    vErrors.push(err144);
                                  }
                                  errors++;
                                }
                                if (func3(data56) < 1) {
                                  const err145 = { instancePath: instancePath + "/spec/guest/cloudInit/metadata/secretKeyRef/key", schemaPath: "#/properties/spec/properties/guest/properties/cloudInit/properties/metadata/properties/secretKeyRef/properties/key/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                                  if (vErrors === null) {
                                    vErrors = [err145];
                                  } else {
                                    vErrors.push(err145);
                                  }
                                  errors++;
                                }
                                if (!pattern4.test(data56)) {
                                  const err146 = { instancePath: instancePath + "/spec/guest/cloudInit/metadata/secretKeyRef/key", schemaPath: "#/properties/spec/properties/guest/properties/cloudInit/properties/metadata/properties/secretKeyRef/properties/key/pattern", keyword: "pattern", params: { pattern: "^[-._a-zA-Z0-9]+$" }, message: 'must match pattern "^[-._a-zA-Z0-9]+$"' };
                                  if (vErrors === null) {
                                    vErrors = [err146];
                                  } else {
                                    vErrors.push(err146);
                                  }
                                  errors++;
                                }
                              } else {
                                const err147 = { instancePath: instancePath + "/spec/guest/cloudInit/metadata/secretKeyRef/key", schemaPath: "#/properties/spec/properties/guest/properties/cloudInit/properties/metadata/properties/secretKeyRef/properties/key/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                                if (vErrors === null) {
                                  vErrors = [err147];
                                } else {
                                  vErrors.push(err147);
                                }
                                errors++;
                              }
                            }
                          } else {
                            const err148 = { instancePath: instancePath + "/spec/guest/cloudInit/metadata/secretKeyRef", schemaPath: "#/properties/spec/properties/guest/properties/cloudInit/properties/metadata/properties/secretKeyRef/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                            if (vErrors === null) {
                              vErrors = [err148];
                            } else {
                              vErrors.push(err148);
                            }
                            errors++;
                          }
                        }
                        if (data53.value !== void 0) {
                          let data57 = data53.value;
                          if (typeof data57 === "string") {
                            if (func3(data57) > 65536) {
                              const err149 = { instancePath: instancePath + "/spec/guest/cloudInit/metadata/value", schemaPath: "#/properties/spec/properties/guest/properties/cloudInit/properties/metadata/properties/value/maxLength", keyword: "maxLength", params: { limit: 65536 }, message: "must NOT have more than 65536 characters" };
                              if (vErrors === null) {
                                vErrors = [err149];
                              } else {
                                vErrors.push(err149);
                              }
                              errors++;
                            }
                          } else {
                            const err150 = { instancePath: instancePath + "/spec/guest/cloudInit/metadata/value", schemaPath: "#/properties/spec/properties/guest/properties/cloudInit/properties/metadata/properties/value/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                            if (vErrors === null) {
                              vErrors = [err150];
                            } else {
                              vErrors.push(err150);
                            }
                            errors++;
                          }
                        }
                      } else {
                        const err151 = { instancePath: instancePath + "/spec/guest/cloudInit/metadata", schemaPath: "#/properties/spec/properties/guest/properties/cloudInit/properties/metadata/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                        if (vErrors === null) {
                          vErrors = [err151];
                        } else {
                          vErrors.push(err151);
                        }
                        errors++;
                      }
                    }
                  } else {
                    const err152 = { instancePath: instancePath + "/spec/guest/cloudInit", schemaPath: "#/properties/spec/properties/guest/properties/cloudInit/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                    if (vErrors === null) {
                      vErrors = [err152];
                    } else {
                      vErrors.push(err152);
                    }
                    errors++;
                  }
                }
                if (data45.ignition !== void 0) {
                  let data58 = data45.ignition;
                  if (data58 && typeof data58 == "object" && !Array.isArray(data58)) {
                    if (data58.config === void 0) {
                      const err153 = { instancePath: instancePath + "/spec/guest/ignition", schemaPath: "#/properties/spec/properties/guest/properties/ignition/required", keyword: "required", params: { missingProperty: "config" }, message: "must have required property 'config'" };
                      if (vErrors === null) {
                        vErrors = [err153];
                      } else {
                        vErrors.push(err153);
                      }
                      errors++;
                    }
                    for (const key16 in data58) {
                      if (!(key16 === "config")) {
                        const err154 = { instancePath: instancePath + "/spec/guest/ignition", schemaPath: "#/properties/spec/properties/guest/properties/ignition/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key16 }, message: "must NOT have additional properties" };
                        if (vErrors === null) {
                          vErrors = [err154];
                        } else {
                          vErrors.push(err154);
                        }
                        errors++;
                      }
                    }
                    if (data58.config !== void 0) {
                      let data59 = data58.config;
                      if (data59 && typeof data59 == "object" && !Array.isArray(data59)) {
                        for (const key17 in data59) {
                          if (!(key17 === "secretKeyRef" || key17 === "value")) {
                            const err155 = { instancePath: instancePath + "/spec/guest/ignition/config", schemaPath: "#/properties/spec/properties/guest/properties/ignition/properties/config/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key17 }, message: "must NOT have additional properties" };
                            if (vErrors === null) {
                              vErrors = [err155];
                            } else {
                              vErrors.push(err155);
                            }
                            errors++;
                          }
                        }
                        if (data59.secretKeyRef !== void 0) {
                          let data60 = data59.secretKeyRef;
                          if (data60 && typeof data60 == "object" && !Array.isArray(data60)) {
                            if (data60.name === void 0) {
                              const err156 = { instancePath: instancePath + "/spec/guest/ignition/config/secretKeyRef", schemaPath: "#/properties/spec/properties/guest/properties/ignition/properties/config/properties/secretKeyRef/required", keyword: "required", params: { missingProperty: "name" }, message: "must have required property 'name'" };
                              if (vErrors === null) {
                                vErrors = [err156];
                              } else {
                                vErrors.push(err156);
                              }
                              errors++;
                            }
                            if (data60.key === void 0) {
                              const err157 = { instancePath: instancePath + "/spec/guest/ignition/config/secretKeyRef", schemaPath: "#/properties/spec/properties/guest/properties/ignition/properties/config/properties/secretKeyRef/required", keyword: "required", params: { missingProperty: "key" }, message: "must have required property 'key'" };
                              if (vErrors === null) {
                                vErrors = [err157];
                              } else {
                                vErrors.push(err157);
                              }
                              errors++;
                            }
                            for (const key18 in data60) {
                              if (!(key18 === "name" || key18 === "key")) {
                                const err158 = { instancePath: instancePath + "/spec/guest/ignition/config/secretKeyRef", schemaPath: "#/properties/spec/properties/guest/properties/ignition/properties/config/properties/secretKeyRef/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key18 }, message: "must NOT have additional properties" };
                                if (vErrors === null) {
                                  vErrors = [err158];
                                } else {
                                  vErrors.push(err158);
                                }
                                errors++;
                              }
                            }
                            if (data60.name !== void 0) {
                              let data61 = data60.name;
                              if (typeof data61 === "string") {
                                if (func3(data61) > 253) {
                                  const err159 = { instancePath: instancePath + "/spec/guest/ignition/config/secretKeyRef/name", schemaPath: "#/properties/spec/properties/guest/properties/ignition/properties/config/properties/secretKeyRef/properties/name/maxLength", keyword: "maxLength", params: { limit: 253 }, message: "must NOT have more than 253 characters" };
                                  if (vErrors === null) {
                                    vErrors = [err159];
                                  } else {
                                    vErrors.push(err159);
                                  }
                                  errors++;
                                }
                                if (func3(data61) < 1) {
                                  const err160 = { instancePath: instancePath + "/spec/guest/ignition/config/secretKeyRef/name", schemaPath: "#/properties/spec/properties/guest/properties/ignition/properties/config/properties/secretKeyRef/properties/name/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                                  if (vErrors === null) {
                                    vErrors = [err160];
                                  } else {
                                    vErrors.push(err160);
                                  }
                                  errors++;
                                }
                              } else {
                                const err161 = { instancePath: instancePath + "/spec/guest/ignition/config/secretKeyRef/name", schemaPath: "#/properties/spec/properties/guest/properties/ignition/properties/config/properties/secretKeyRef/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                                if (vErrors === null) {
                                  vErrors = [err161];
                                } else {
                                  vErrors.push(err161);
                                }
                                errors++;
                              }
                            }
                            if (data60.key !== void 0) {
                              let data62 = data60.key;
                              if (typeof data62 === "string") {
                                if (func3(data62) > 253) {
                                  const err162 = { instancePath: instancePath + "/spec/guest/ignition/config/secretKeyRef/key", schemaPath: "#/properties/spec/properties/guest/properties/ignition/properties/config/properties/secretKeyRef/properties/key/maxLength", keyword: "maxLength", params: { limit: 253 }, message: "must NOT have more than 253 characters" };
                                  if (vErrors === null) {
                                    vErrors = [err162];
                                  } else {
                                    vErrors.push(err162);
                                  }
                                  errors++;
                                }
                                if (func3(data62) < 1) {
                                  const err163 = { instancePath: instancePath + "/spec/guest/ignition/config/secretKeyRef/key", schemaPath: "#/properties/spec/properties/guest/properties/ignition/properties/config/properties/secretKeyRef/properties/key/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                                  if (vErrors === null) {
                                    vErrors = [err163];
                                  } else {
                                    vErrors.push(err163);
                                  }
                                  errors++;
                                }
                                if (!pattern4.test(data62)) {
                                  const err164 = { instancePath: instancePath + "/spec/guest/ignition/config/secretKeyRef/key", schemaPath: "#/properties/spec/properties/guest/properties/ignition/properties/config/properties/secretKeyRef/properties/key/pattern", keyword: "pattern", params: { pattern: "^[-._a-zA-Z0-9]+$" }, message: 'must match pattern "^[-._a-zA-Z0-9]+$"' };
                                  if (vErrors === null) {
                                    vErrors = [err164];
                                  } else {
                                    vErrors.push(err164);
                                  }
                                  errors++;
                                }
                              } else {
                                const err165 = { instancePath: instancePath + "/spec/guest/ignition/config/secretKeyRef/key", schemaPath: "#/properties/spec/properties/guest/properties/ignition/properties/config/properties/secretKeyRef/properties/key/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                                if (vErrors === null) {
                                  vErrors = [err165];
                                } else {
                                  vErrors.push(err165);
                                }
                                errors++;
                              }
                            }
                          } else {
                            const err166 = { instancePath: instancePath + "/spec/guest/ignition/config/secretKeyRef", schemaPath: "#/properties/spec/properties/guest/properties/ignition/properties/config/properties/secretKeyRef/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                            if (vErrors === null) {
                              vErrors = [err166];
                            } else {
                              vErrors.push(err166);
                            }
                            errors++;
                          }
                        }
                        if (data59.value !== void 0) {
                          let data63 = data59.value;
                          if (typeof data63 === "string") {
                            if (func3(data63) > 65536) {
                              const err167 = { instancePath: instancePath + "/spec/guest/ignition/config/value", schemaPath: "#/properties/spec/properties/guest/properties/ignition/properties/config/properties/value/maxLength", keyword: "maxLength", params: { limit: 65536 }, message: "must NOT have more than 65536 characters" };
                              if (vErrors === null) {
                                vErrors = [err167];
                              } else {
                                vErrors.push(err167);
                              }
                              errors++;
                            }
                          } else {
                            const err168 = { instancePath: instancePath + "/spec/guest/ignition/config/value", schemaPath: "#/properties/spec/properties/guest/properties/ignition/properties/config/properties/value/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                            if (vErrors === null) {
                              vErrors = [err168];
                            } else {
                              vErrors.push(err168);
                            }
                            errors++;
                          }
                        }
                      } else {
                        const err169 = { instancePath: instancePath + "/spec/guest/ignition/config", schemaPath: "#/properties/spec/properties/guest/properties/ignition/properties/config/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                        if (vErrors === null) {
                          vErrors = [err169];
                        } else {
                          vErrors.push(err169);
                        }
                        errors++;
                      }
                    }
                  } else {
                    const err170 = { instancePath: instancePath + "/spec/guest/ignition", schemaPath: "#/properties/spec/properties/guest/properties/ignition/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                    if (vErrors === null) {
                      vErrors = [err170];
                    } else {
                      vErrors.push(err170);
                    }
                    errors++;
                  }
                }
              } else {
                const err171 = { instancePath: instancePath + "/spec/guest", schemaPath: "#/properties/spec/properties/guest/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                if (vErrors === null) {
                  vErrors = [err171];
                } else {
                  vErrors.push(err171);
                }
                errors++;
              }
            }
            if (data3.naming !== void 0) {
              let data64 = data3.naming;
              if (data64 && typeof data64 == "object" && !Array.isArray(data64)) {
                for (const key19 in data64) {
                  if (!(key19 === "vmName" || key19 === "hostname")) {
                    const err172 = { instancePath: instancePath + "/spec/naming", schemaPath: "#/properties/spec/properties/naming/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key19 }, message: "must NOT have additional properties" };
                    if (vErrors === null) {
                      vErrors = [err172];
                    } else {
                      vErrors.push(err172);
                    }
                    errors++;
                  }
                }
                if (data64.vmName !== void 0) {
                  let data65 = data64.vmName;
                  if (typeof data65 === "string") {
                    if (func3(data65) > 200) {
                      const err173 = { instancePath: instancePath + "/spec/naming/vmName", schemaPath: "#/properties/spec/properties/naming/properties/vmName/maxLength", keyword: "maxLength", params: { limit: 200 }, message: "must NOT have more than 200 characters" };
                      if (vErrors === null) {
                        vErrors = [err173];
                      } else {
                        vErrors.push(err173);
                      }
                      errors++;
                    }
                    if (func3(data65) < 1) {
                      const err174 = { instancePath: instancePath + "/spec/naming/vmName", schemaPath: "#/properties/spec/properties/naming/properties/vmName/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                      if (vErrors === null) {
                        vErrors = [err174];
                      } else {
                        vErrors.push(err174);
                      }
                      errors++;
                    }
                    if (!pattern7.test(data65)) {
                      const err175 = { instancePath: instancePath + "/spec/naming/vmName", schemaPath: "#/properties/spec/properties/naming/properties/vmName/pattern", keyword: "pattern", params: { pattern: "^[A-Za-z0-9_.$()-]+$" }, message: 'must match pattern "^[A-Za-z0-9_.$()-]+$"' };
                      if (vErrors === null) {
                        vErrors = [err175];
                      } else {
                        vErrors.push(err175);
                      }
                      errors++;
                    }
                  } else {
                    const err176 = { instancePath: instancePath + "/spec/naming/vmName", schemaPath: "#/properties/spec/properties/naming/properties/vmName/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err176];
                    } else {
                      vErrors.push(err176);
                    }
                    errors++;
                  }
                }
                if (data64.hostname !== void 0) {
                  let data66 = data64.hostname;
                  if (typeof data66 === "string") {
                    if (func3(data66) > 200) {
                      const err177 = { instancePath: instancePath + "/spec/naming/hostname", schemaPath: "#/properties/spec/properties/naming/properties/hostname/maxLength", keyword: "maxLength", params: { limit: 200 }, message: "must NOT have more than 200 characters" };
                      if (vErrors === null) {
                        vErrors = [err177];
                      } else {
                        vErrors.push(err177);
                      }
                      errors++;
                    }
                    if (func3(data66) < 1) {
                      const err178 = { instancePath: instancePath + "/spec/naming/hostname", schemaPath: "#/properties/spec/properties/naming/properties/hostname/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                      if (vErrors === null) {
                        vErrors = [err178];
                      } else {
                        vErrors.push(err178);
                      }
                      errors++;
                    }
                    if (!pattern8.test(data66)) {
                      const err179 = { instancePath: instancePath + "/spec/naming/hostname", schemaPath: "#/properties/spec/properties/naming/properties/hostname/pattern", keyword: "pattern", params: { pattern: "^[a-z0-9.$()-]+$" }, message: 'must match pattern "^[a-z0-9.$()-]+$"' };
                      if (vErrors === null) {
                        vErrors = [err179];
                      } else {
                        vErrors.push(err179);
                      }
                      errors++;
                    }
                  } else {
                    const err180 = { instancePath: instancePath + "/spec/naming/hostname", schemaPath: "#/properties/spec/properties/naming/properties/hostname/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err180];
                    } else {
                      vErrors.push(err180);
                    }
                    errors++;
                  }
                }
              } else {
                const err181 = { instancePath: instancePath + "/spec/naming", schemaPath: "#/properties/spec/properties/naming/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                if (vErrors === null) {
                  vErrors = [err181];
                } else {
                  vErrors.push(err181);
                }
                errors++;
              }
            }
            if (data3.powerState !== void 0) {
              let data67 = data3.powerState;
              if (typeof data67 !== "string") {
                const err182 = { instancePath: instancePath + "/spec/powerState", schemaPath: "#/properties/spec/properties/powerState/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                if (vErrors === null) {
                  vErrors = [err182];
                } else {
                  vErrors.push(err182);
                }
                errors++;
              }
              if (!(data67 === "PoweredOn" || data67 === "PoweredOff")) {
                const err183 = { instancePath: instancePath + "/spec/powerState", schemaPath: "#/properties/spec/properties/powerState/enum", keyword: "enum", params: { allowedValues: schema11.properties.spec.properties.powerState.enum }, message: "must be equal to one of the allowed values" };
                if (vErrors === null) {
                  vErrors = [err183];
                } else {
                  vErrors.push(err183);
                }
                errors++;
              }
            }
            if (data3.powerOff !== void 0) {
              let data68 = data3.powerOff;
              if (data68 && typeof data68 == "object" && !Array.isArray(data68)) {
                for (const key20 in data68) {
                  if (!(key20 === "mode" || key20 === "timeoutSeconds")) {
                    const err184 = { instancePath: instancePath + "/spec/powerOff", schemaPath: "#/properties/spec/properties/powerOff/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key20 }, message: "must NOT have additional properties" };
                    if (vErrors === null) {
                      vErrors = [err184];
                    } else {
                      vErrors.push(err184);
                    }
                    errors++;
                  }
                }
                if (data68.mode !== void 0) {
                  let data69 = data68.mode;
                  if (typeof data69 !== "string") {
                    const err185 = { instancePath: instancePath + "/spec/powerOff/mode", schemaPath: "#/properties/spec/properties/powerOff/properties/mode/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err185];
                    } else {
                      vErrors.push(err185);
                    }
                    errors++;
                  }
                  if (!(data69 === "Hard" || data69 === "Soft" || data69 === "TrySoft")) {
                    const err186 = { instancePath: instancePath + "/spec/powerOff/mode", schemaPath: "#/properties/spec/properties/powerOff/properties/mode/enum", keyword: "enum", params: { allowedValues: schema11.properties.spec.properties.powerOff.properties.mode.enum }, message: "must be equal to one of the allowed values" };
                    if (vErrors === null) {
                      vErrors = [err186];
                    } else {
                      vErrors.push(err186);
                    }
                    errors++;
                  }
                }
                if (data68.timeoutSeconds !== void 0) {
                  let data70 = data68.timeoutSeconds;
                  if (!(typeof data70 == "number" && (!(data70 % 1) && !isNaN(data70)))) {
                    const err187 = { instancePath: instancePath + "/spec/powerOff/timeoutSeconds", schemaPath: "#/properties/spec/properties/powerOff/properties/timeoutSeconds/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
                    if (vErrors === null) {
                      vErrors = [err187];
                    } else {
                      vErrors.push(err187);
                    }
                    errors++;
                  }
                  if (typeof data70 == "number") {
                    if (data70 > 3600 || isNaN(data70)) {
                      const err188 = { instancePath: instancePath + "/spec/powerOff/timeoutSeconds", schemaPath: "#/properties/spec/properties/powerOff/properties/timeoutSeconds/maximum", keyword: "maximum", params: { comparison: "<=", limit: 3600 }, message: "must be <= 3600" };
                      if (vErrors === null) {
                        vErrors = [err188];
                      } else {
                        vErrors.push(err188);
                      }
                      errors++;
                    }
                    if (data70 < 1 || isNaN(data70)) {
                      const err189 = { instancePath: instancePath + "/spec/powerOff/timeoutSeconds", schemaPath: "#/properties/spec/properties/powerOff/properties/timeoutSeconds/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" };
                      if (vErrors === null) {
                        vErrors = [err189];
                      } else {
                        vErrors.push(err189);
                      }
                      errors++;
                    }
                  }
                }
              } else {
                const err190 = { instancePath: instancePath + "/spec/powerOff", schemaPath: "#/properties/spec/properties/powerOff/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                if (vErrors === null) {
                  vErrors = [err190];
                } else {
                  vErrors.push(err190);
                }
                errors++;
              }
            }
            if (data3.readiness !== void 0) {
              let data71 = data3.readiness;
              if (data71 && typeof data71 == "object" && !Array.isArray(data71)) {
                for (const key21 in data71) {
                  if (!(key21 === "type" || key21 === "network")) {
                    const err191 = { instancePath: instancePath + "/spec/readiness", schemaPath: "#/properties/spec/properties/readiness/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key21 }, message: "must NOT have additional properties" };
                    if (vErrors === null) {
                      vErrors = [err191];
                    } else {
                      vErrors.push(err191);
                    }
                    errors++;
                  }
                }
                if (data71.type !== void 0) {
                  let data72 = data71.type;
                  if (typeof data72 !== "string") {
                    const err192 = { instancePath: instancePath + "/spec/readiness/type", schemaPath: "#/properties/spec/properties/readiness/properties/type/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err192];
                    } else {
                      vErrors.push(err192);
                    }
                    errors++;
                  }
                  if (!(data72 === "PoweredOn" || data72 === "ToolsRunning" || data72 === "IPAddress")) {
                    const err193 = { instancePath: instancePath + "/spec/readiness/type", schemaPath: "#/properties/spec/properties/readiness/properties/type/enum", keyword: "enum", params: { allowedValues: schema11.properties.spec.properties.readiness.properties.type.enum }, message: "must be equal to one of the allowed values" };
                    if (vErrors === null) {
                      vErrors = [err193];
                    } else {
                      vErrors.push(err193);
                    }
                    errors++;
                  }
                }
                if (data71.network !== void 0) {
                  let data73 = data71.network;
                  if (typeof data73 === "string") {
                    if (func3(data73) > 63) {
                      const err194 = { instancePath: instancePath + "/spec/readiness/network", schemaPath: "#/properties/spec/properties/readiness/properties/network/maxLength", keyword: "maxLength", params: { limit: 63 }, message: "must NOT have more than 63 characters" };
                      if (vErrors === null) {
                        vErrors = [err194];
                      } else {
                        vErrors.push(err194);
                      }
                      errors++;
                    }
                    if (!pattern1.test(data73)) {
                      const err195 = { instancePath: instancePath + "/spec/readiness/network", schemaPath: "#/properties/spec/properties/readiness/properties/network/pattern", keyword: "pattern", params: { pattern: "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$" }, message: 'must match pattern "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$"' };
                      if (vErrors === null) {
                        vErrors = [err195];
                      } else {
                        vErrors.push(err195);
                      }
                      errors++;
                    }
                  } else {
                    const err196 = { instancePath: instancePath + "/spec/readiness/network", schemaPath: "#/properties/spec/properties/readiness/properties/network/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err196];
                    } else {
                      vErrors.push(err196);
                    }
                    errors++;
                  }
                }
              } else {
                const err197 = { instancePath: instancePath + "/spec/readiness", schemaPath: "#/properties/spec/properties/readiness/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                if (vErrors === null) {
                  vErrors = [err197];
                } else {
                  vErrors.push(err197);
                }
                errors++;
              }
            }
            if (data3.minReadySeconds !== void 0) {
              let data74 = data3.minReadySeconds;
              if (!(typeof data74 == "number" && (!(data74 % 1) && !isNaN(data74)))) {
                const err198 = { instancePath: instancePath + "/spec/minReadySeconds", schemaPath: "#/properties/spec/properties/minReadySeconds/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
                if (vErrors === null) {
                  vErrors = [err198];
                } else {
                  vErrors.push(err198);
                }
                errors++;
              }
              if (typeof data74 == "number") {
                if (data74 > 86400 || isNaN(data74)) {
                  const err199 = { instancePath: instancePath + "/spec/minReadySeconds", schemaPath: "#/properties/spec/properties/minReadySeconds/maximum", keyword: "maximum", params: { comparison: "<=", limit: 86400 }, message: "must be <= 86400" };
                  if (vErrors === null) {
                    vErrors = [err199];
                  } else {
                    vErrors.push(err199);
                  }
                  errors++;
                }
                if (data74 < 0 || isNaN(data74)) {
                  const err200 = { instancePath: instancePath + "/spec/minReadySeconds", schemaPath: "#/properties/spec/properties/minReadySeconds/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" };
                  if (vErrors === null) {
                    vErrors = [err200];
                  } else {
                    vErrors.push(err200);
                  }
                  errors++;
                }
              }
            }
            if (data3.progressDeadlineSeconds !== void 0) {
              let data75 = data3.progressDeadlineSeconds;
              if (!(typeof data75 == "number" && (!(data75 % 1) && !isNaN(data75)))) {
                const err201 = { instancePath: instancePath + "/spec/progressDeadlineSeconds", schemaPath: "#/properties/spec/properties/progressDeadlineSeconds/type", keyword: "type", params: { type: "integer" }, message: "must be integer" };
                if (vErrors === null) {
                  vErrors = [err201];
                } else {
                  vErrors.push(err201);
                }
                errors++;
              }
              if (typeof data75 == "number") {
                if (data75 > 172800 || isNaN(data75)) {
                  const err202 = { instancePath: instancePath + "/spec/progressDeadlineSeconds", schemaPath: "#/properties/spec/properties/progressDeadlineSeconds/maximum", keyword: "maximum", params: { comparison: "<=", limit: 172800 }, message: "must be <= 172800" };
                  if (vErrors === null) {
                    vErrors = [err202];
                  } else {
                    vErrors.push(err202);
                  }
                  errors++;
                }
                if (data75 < 1 || isNaN(data75)) {
                  const err203 = { instancePath: instancePath + "/spec/progressDeadlineSeconds", schemaPath: "#/properties/spec/properties/progressDeadlineSeconds/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1" };
                  if (vErrors === null) {
                    vErrors = [err203];
                  } else {
                    vErrors.push(err203);
                  }
                  errors++;
                }
              }
            }
            if (data3.updateStrategy !== void 0) {
              let data76 = data3.updateStrategy;
              if (data76 && typeof data76 == "object" && !Array.isArray(data76)) {
                for (const key22 in data76) {
                  if (!(key22 === "type" || key22 === "rollingUpdate" || key22 === "resizePolicy" || key22 === "restartToken")) {
                    const err204 = { instancePath: instancePath + "/spec/updateStrategy", schemaPath: "#/properties/spec/properties/updateStrategy/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key22 }, message: "must NOT have additional properties" };
                    if (vErrors === null) {
                      vErrors = [err204];
                    } else {
                      vErrors.push(err204);
                    }
                    errors++;
                  }
                }
                if (data76.type !== void 0) {
                  let data77 = data76.type;
                  if (typeof data77 !== "string") {
                    const err205 = { instancePath: instancePath + "/spec/updateStrategy/type", schemaPath: "#/properties/spec/properties/updateStrategy/properties/type/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err205];
                    } else {
                      vErrors.push(err205);
                    }
                    errors++;
                  }
                  if (!(data77 === "RollingUpdate" || data77 === "OnDelete")) {
                    const err206 = { instancePath: instancePath + "/spec/updateStrategy/type", schemaPath: "#/properties/spec/properties/updateStrategy/properties/type/enum", keyword: "enum", params: { allowedValues: schema11.properties.spec.properties.updateStrategy.properties.type.enum }, message: "must be equal to one of the allowed values" };
                    if (vErrors === null) {
                      vErrors = [err206];
                    } else {
                      vErrors.push(err206);
                    }
                    errors++;
                  }
                }
                if (data76.rollingUpdate !== void 0) {
                  let data78 = data76.rollingUpdate;
                  if (data78 && typeof data78 == "object" && !Array.isArray(data78)) {
                    for (const key23 in data78) {
                      if (!(key23 === "maxSurge" || key23 === "maxUnavailable")) {
                        const err207 = { instancePath: instancePath + "/spec/updateStrategy/rollingUpdate", schemaPath: "#/properties/spec/properties/updateStrategy/properties/rollingUpdate/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key23 }, message: "must NOT have additional properties" };
                        if (vErrors === null) {
                          vErrors = [err207];
                        } else {
                          vErrors.push(err207);
                        }
                        errors++;
                      }
                    }
                    if (data78.maxSurge !== void 0) {
                      let data79 = data78.maxSurge;
                      if (!(typeof data79 == "number" && (!(data79 % 1) && !isNaN(data79))) && typeof data79 !== "string") {
                        const err208 = { instancePath: instancePath + "/spec/updateStrategy/rollingUpdate/maxSurge", schemaPath: "#/properties/spec/properties/updateStrategy/properties/rollingUpdate/properties/maxSurge/type", keyword: "type", params: { type: schema11.properties.spec.properties.updateStrategy.properties.rollingUpdate.properties.maxSurge.type }, message: "must be integer,string" };
                        if (vErrors === null) {
                          vErrors = [err208];
                        } else {
                          vErrors.push(err208);
                        }
                        errors++;
                      }
                      if (typeof data79 == "number") {
                        if (data79 > 500 || isNaN(data79)) {
                          const err209 = { instancePath: instancePath + "/spec/updateStrategy/rollingUpdate/maxSurge", schemaPath: "#/properties/spec/properties/updateStrategy/properties/rollingUpdate/properties/maxSurge/maximum", keyword: "maximum", params: { comparison: "<=", limit: 500 }, message: "must be <= 500" };
                          if (vErrors === null) {
                            vErrors = [err209];
                          } else {
                            vErrors.push(err209);
                          }
                          errors++;
                        }
                        if (data79 < 0 || isNaN(data79)) {
                          const err210 = { instancePath: instancePath + "/spec/updateStrategy/rollingUpdate/maxSurge", schemaPath: "#/properties/spec/properties/updateStrategy/properties/rollingUpdate/properties/maxSurge/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" };
                          if (vErrors === null) {
                            vErrors = [err210];
                          } else {
                            vErrors.push(err210);
                          }
                          errors++;
                        }
                      }
                      if (typeof data79 === "string") {
                        if (func3(data79) > 4) {
                          const err211 = { instancePath: instancePath + "/spec/updateStrategy/rollingUpdate/maxSurge", schemaPath: "#/properties/spec/properties/updateStrategy/properties/rollingUpdate/properties/maxSurge/maxLength", keyword: "maxLength", params: { limit: 4 }, message: "must NOT have more than 4 characters" };
                          if (vErrors === null) {
                            vErrors = [err211];
                          } else {
                            vErrors.push(err211);
                          }
                          errors++;
                        }
                        if (!pattern10.test(data79)) {
                          const err212 = { instancePath: instancePath + "/spec/updateStrategy/rollingUpdate/maxSurge", schemaPath: "#/properties/spec/properties/updateStrategy/properties/rollingUpdate/properties/maxSurge/pattern", keyword: "pattern", params: { pattern: "^(100|[1-9]?[0-9])%$" }, message: 'must match pattern "^(100|[1-9]?[0-9])%$"' };
                          if (vErrors === null) {
                            vErrors = [err212];
                          } else {
                            vErrors.push(err212);
                          }
                          errors++;
                        }
                      }
                    }
                    if (data78.maxUnavailable !== void 0) {
                      let data80 = data78.maxUnavailable;
                      if (!(typeof data80 == "number" && (!(data80 % 1) && !isNaN(data80))) && typeof data80 !== "string") {
                        const err213 = { instancePath: instancePath + "/spec/updateStrategy/rollingUpdate/maxUnavailable", schemaPath: "#/properties/spec/properties/updateStrategy/properties/rollingUpdate/properties/maxUnavailable/type", keyword: "type", params: { type: schema11.properties.spec.properties.updateStrategy.properties.rollingUpdate.properties.maxUnavailable.type }, message: "must be integer,string" };
                        if (vErrors === null) {
                          vErrors = [err213];
                        } else {
                          vErrors.push(err213);
                        }
                        errors++;
                      }
                      if (typeof data80 == "number") {
                        if (data80 > 500 || isNaN(data80)) {
                          const err214 = { instancePath: instancePath + "/spec/updateStrategy/rollingUpdate/maxUnavailable", schemaPath: "#/properties/spec/properties/updateStrategy/properties/rollingUpdate/properties/maxUnavailable/maximum", keyword: "maximum", params: { comparison: "<=", limit: 500 }, message: "must be <= 500" };
                          if (vErrors === null) {
                            vErrors = [err214];
                          } else {
                            vErrors.push(err214);
                          }
                          errors++;
                        }
                        if (data80 < 0 || isNaN(data80)) {
                          const err215 = { instancePath: instancePath + "/spec/updateStrategy/rollingUpdate/maxUnavailable", schemaPath: "#/properties/spec/properties/updateStrategy/properties/rollingUpdate/properties/maxUnavailable/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0" };
                          if (vErrors === null) {
                            vErrors = [err215];
                          } else {
                            vErrors.push(err215);
                          }
                          errors++;
                        }
                      }
                      if (typeof data80 === "string") {
                        if (func3(data80) > 4) {
                          const err216 = { instancePath: instancePath + "/spec/updateStrategy/rollingUpdate/maxUnavailable", schemaPath: "#/properties/spec/properties/updateStrategy/properties/rollingUpdate/properties/maxUnavailable/maxLength", keyword: "maxLength", params: { limit: 4 }, message: "must NOT have more than 4 characters" };
                          if (vErrors === null) {
                            vErrors = [err216];
                          } else {
                            vErrors.push(err216);
                          }
                          errors++;
                        }
                        if (!pattern10.test(data80)) {
                          const err217 = { instancePath: instancePath + "/spec/updateStrategy/rollingUpdate/maxUnavailable", schemaPath: "#/properties/spec/properties/updateStrategy/properties/rollingUpdate/properties/maxUnavailable/pattern", keyword: "pattern", params: { pattern: "^(100|[1-9]?[0-9])%$" }, message: 'must match pattern "^(100|[1-9]?[0-9])%$"' };
                          if (vErrors === null) {
                            vErrors = [err217];
                          } else {
                            vErrors.push(err217);
                          }
                          errors++;
                        }
                      }
                    }
                  } else {
                    const err218 = { instancePath: instancePath + "/spec/updateStrategy/rollingUpdate", schemaPath: "#/properties/spec/properties/updateStrategy/properties/rollingUpdate/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                    if (vErrors === null) {
                      vErrors = [err218];
                    } else {
                      vErrors.push(err218);
                    }
                    errors++;
                  }
                }
                if (data76.resizePolicy !== void 0) {
                  let data81 = data76.resizePolicy;
                  if (typeof data81 !== "string") {
                    const err219 = { instancePath: instancePath + "/spec/updateStrategy/resizePolicy", schemaPath: "#/properties/spec/properties/updateStrategy/properties/resizePolicy/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err219];
                    } else {
                      vErrors.push(err219);
                    }
                    errors++;
                  }
                  if (!(data81 === "HotAddOnly" || data81 === "PowerCycle" || data81 === "Replace")) {
                    const err220 = { instancePath: instancePath + "/spec/updateStrategy/resizePolicy", schemaPath: "#/properties/spec/properties/updateStrategy/properties/resizePolicy/enum", keyword: "enum", params: { allowedValues: schema11.properties.spec.properties.updateStrategy.properties.resizePolicy.enum }, message: "must be equal to one of the allowed values" };
                    if (vErrors === null) {
                      vErrors = [err220];
                    } else {
                      vErrors.push(err220);
                    }
                    errors++;
                  }
                }
                if (data76.restartToken !== void 0) {
                  let data82 = data76.restartToken;
                  if (typeof data82 === "string") {
                    if (func3(data82) > 64) {
                      const err221 = { instancePath: instancePath + "/spec/updateStrategy/restartToken", schemaPath: "#/properties/spec/properties/updateStrategy/properties/restartToken/maxLength", keyword: "maxLength", params: { limit: 64 }, message: "must NOT have more than 64 characters" };
                      if (vErrors === null) {
                        vErrors = [err221];
                      } else {
                        vErrors.push(err221);
                      }
                      errors++;
                    }
                    if (func3(data82) < 1) {
                      const err222 = { instancePath: instancePath + "/spec/updateStrategy/restartToken", schemaPath: "#/properties/spec/properties/updateStrategy/properties/restartToken/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                      if (vErrors === null) {
                        vErrors = [err222];
                      } else {
                        vErrors.push(err222);
                      }
                      errors++;
                    }
                  } else {
                    const err223 = { instancePath: instancePath + "/spec/updateStrategy/restartToken", schemaPath: "#/properties/spec/properties/updateStrategy/properties/restartToken/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err223];
                    } else {
                      vErrors.push(err223);
                    }
                    errors++;
                  }
                }
              } else {
                const err224 = { instancePath: instancePath + "/spec/updateStrategy", schemaPath: "#/properties/spec/properties/updateStrategy/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                if (vErrors === null) {
                  vErrors = [err224];
                } else {
                  vErrors.push(err224);
                }
                errors++;
              }
            }
            if (data3.extraConfig !== void 0) {
              let data83 = data3.extraConfig;
              if (Array.isArray(data83)) {
                if (data83.length > 32) {
                  const err225 = { instancePath: instancePath + "/spec/extraConfig", schemaPath: "#/properties/spec/properties/extraConfig/maxItems", keyword: "maxItems", params: { limit: 32 }, message: "must NOT have more than 32 items" };
                  if (vErrors === null) {
                    vErrors = [err225];
                  } else {
                    vErrors.push(err225);
                  }
                  errors++;
                }
                const len5 = data83.length;
                for (let i5 = 0; i5 < len5; i5++) {
                  let data84 = data83[i5];
                  if (data84 && typeof data84 == "object" && !Array.isArray(data84)) {
                    if (data84.key === void 0) {
                      const err226 = { instancePath: instancePath + "/spec/extraConfig/" + i5, schemaPath: "#/properties/spec/properties/extraConfig/items/required", keyword: "required", params: { missingProperty: "key" }, message: "must have required property 'key'" };
                      if (vErrors === null) {
                        vErrors = [err226];
                      } else {
                        vErrors.push(err226);
                      }
                      errors++;
                    }
                    if (data84.value === void 0) {
                      const err227 = { instancePath: instancePath + "/spec/extraConfig/" + i5, schemaPath: "#/properties/spec/properties/extraConfig/items/required", keyword: "required", params: { missingProperty: "value" }, message: "must have required property 'value'" };
                      if (vErrors === null) {
                        vErrors = [err227];
                      } else {
                        vErrors.push(err227);
                      }
                      errors++;
                    }
                    for (const key24 in data84) {
                      if (!(key24 === "key" || key24 === "value")) {
                        const err228 = { instancePath: instancePath + "/spec/extraConfig/" + i5, schemaPath: "#/properties/spec/properties/extraConfig/items/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key24 }, message: "must NOT have additional properties" };
                        if (vErrors === null) {
                          vErrors = [err228];
                        } else {
                          vErrors.push(err228);
                        }
                        errors++;
                      }
                    }
                    if (data84.key !== void 0) {
                      let data85 = data84.key;
                      if (typeof data85 === "string") {
                        if (func3(data85) > 128) {
                          const err229 = { instancePath: instancePath + "/spec/extraConfig/" + i5 + "/key", schemaPath: "#/properties/spec/properties/extraConfig/items/properties/key/maxLength", keyword: "maxLength", params: { limit: 128 }, message: "must NOT have more than 128 characters" };
                          if (vErrors === null) {
                            vErrors = [err229];
                          } else {
                            vErrors.push(err229);
                          }
                          errors++;
                        }
                        if (func3(data85) < 1) {
                          const err230 = { instancePath: instancePath + "/spec/extraConfig/" + i5 + "/key", schemaPath: "#/properties/spec/properties/extraConfig/items/properties/key/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                          if (vErrors === null) {
                            vErrors = [err230];
                          } else {
                            vErrors.push(err230);
                          }
                          errors++;
                        }
                        if (!pattern12.test(data85)) {
                          const err231 = { instancePath: instancePath + "/spec/extraConfig/" + i5 + "/key", schemaPath: "#/properties/spec/properties/extraConfig/items/properties/key/pattern", keyword: "pattern", params: { pattern: "^[A-Za-z0-9_.-]+$" }, message: 'must match pattern "^[A-Za-z0-9_.-]+$"' };
                          if (vErrors === null) {
                            vErrors = [err231];
                          } else {
                            vErrors.push(err231);
                          }
                          errors++;
                        }
                      } else {
                        const err232 = { instancePath: instancePath + "/spec/extraConfig/" + i5 + "/key", schemaPath: "#/properties/spec/properties/extraConfig/items/properties/key/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                        if (vErrors === null) {
                          vErrors = [err232];
                        } else {
                          vErrors.push(err232);
                        }
                        errors++;
                      }
                    }
                    if (data84.value !== void 0) {
                      let data86 = data84.value;
                      if (typeof data86 === "string") {
                        if (func3(data86) > 1024) {
                          const err233 = { instancePath: instancePath + "/spec/extraConfig/" + i5 + "/value", schemaPath: "#/properties/spec/properties/extraConfig/items/properties/value/maxLength", keyword: "maxLength", params: { limit: 1024 }, message: "must NOT have more than 1024 characters" };
                          if (vErrors === null) {
                            vErrors = [err233];
                          } else {
                            vErrors.push(err233);
                          }
                          errors++;
                        }
                        if (func3(data86) < 1) {
                          const err234 = { instancePath: instancePath + "/spec/extraConfig/" + i5 + "/value", schemaPath: "#/properties/spec/properties/extraConfig/items/properties/value/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                          if (vErrors === null) {
                            vErrors = [err234];
                          } else {
                            vErrors.push(err234);
                          }
                          errors++;
                        }
                      } else {
                        const err235 = { instancePath: instancePath + "/spec/extraConfig/" + i5 + "/value", schemaPath: "#/properties/spec/properties/extraConfig/items/properties/value/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                        if (vErrors === null) {
                          vErrors = [err235];
                        } else {
                          vErrors.push(err235);
                        }
                        errors++;
                      }
                    }
                  } else {
                    const err236 = { instancePath: instancePath + "/spec/extraConfig/" + i5, schemaPath: "#/properties/spec/properties/extraConfig/items/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                    if (vErrors === null) {
                      vErrors = [err236];
                    } else {
                      vErrors.push(err236);
                    }
                    errors++;
                  }
                }
              } else {
                const err237 = { instancePath: instancePath + "/spec/extraConfig", schemaPath: "#/properties/spec/properties/extraConfig/type", keyword: "type", params: { type: "array" }, message: "must be array" };
                if (vErrors === null) {
                  vErrors = [err237];
                } else {
                  vErrors.push(err237);
                }
                errors++;
              }
            }
            if (data3.customAttributes !== void 0) {
              let data87 = data3.customAttributes;
              if (Array.isArray(data87)) {
                if (data87.length > 32) {
                  const err238 = { instancePath: instancePath + "/spec/customAttributes", schemaPath: "#/properties/spec/properties/customAttributes/maxItems", keyword: "maxItems", params: { limit: 32 }, message: "must NOT have more than 32 items" };
                  if (vErrors === null) {
                    vErrors = [err238];
                  } else {
                    vErrors.push(err238);
                  }
                  errors++;
                }
                const len6 = data87.length;
                for (let i6 = 0; i6 < len6; i6++) {
                  let data88 = data87[i6];
                  if (data88 && typeof data88 == "object" && !Array.isArray(data88)) {
                    if (data88.name === void 0) {
                      const err239 = { instancePath: instancePath + "/spec/customAttributes/" + i6, schemaPath: "#/properties/spec/properties/customAttributes/items/required", keyword: "required", params: { missingProperty: "name" }, message: "must have required property 'name'" };
                      if (vErrors === null) {
                        vErrors = [err239];
                      } else {
                        vErrors.push(err239);
                      }
                      errors++;
                    }
                    if (data88.value === void 0) {
                      const err240 = { instancePath: instancePath + "/spec/customAttributes/" + i6, schemaPath: "#/properties/spec/properties/customAttributes/items/required", keyword: "required", params: { missingProperty: "value" }, message: "must have required property 'value'" };
                      if (vErrors === null) {
                        vErrors = [err240];
                      } else {
                        vErrors.push(err240);
                      }
                      errors++;
                    }
                    for (const key25 in data88) {
                      if (!(key25 === "name" || key25 === "value")) {
                        const err241 = { instancePath: instancePath + "/spec/customAttributes/" + i6, schemaPath: "#/properties/spec/properties/customAttributes/items/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key25 }, message: "must NOT have additional properties" };
                        if (vErrors === null) {
                          vErrors = [err241];
                        } else {
                          vErrors.push(err241);
                        }
                        errors++;
                      }
                    }
                    if (data88.name !== void 0) {
                      let data89 = data88.name;
                      if (typeof data89 === "string") {
                        if (func3(data89) > 80) {
                          const err242 = { instancePath: instancePath + "/spec/customAttributes/" + i6 + "/name", schemaPath: "#/properties/spec/properties/customAttributes/items/properties/name/maxLength", keyword: "maxLength", params: { limit: 80 }, message: "must NOT have more than 80 characters" };
                          if (vErrors === null) {
                            vErrors = [err242];
                          } else {
                            vErrors.push(err242);
                          }
                          errors++;
                        }
                        if (func3(data89) < 1) {
                          const err243 = { instancePath: instancePath + "/spec/customAttributes/" + i6 + "/name", schemaPath: "#/properties/spec/properties/customAttributes/items/properties/name/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                          if (vErrors === null) {
                            vErrors = [err243];
                          } else {
                            vErrors.push(err243);
                          }
                          errors++;
                        }
                      } else {
                        const err244 = { instancePath: instancePath + "/spec/customAttributes/" + i6 + "/name", schemaPath: "#/properties/spec/properties/customAttributes/items/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                        if (vErrors === null) {
                          vErrors = [err244];
                        } else {
                          vErrors.push(err244);
                        }
                        errors++;
                      }
                    }
                    if (data88.value !== void 0) {
                      let data90 = data88.value;
                      if (typeof data90 === "string") {
                        if (func3(data90) > 1024) {
                          const err245 = { instancePath: instancePath + "/spec/customAttributes/" + i6 + "/value", schemaPath: "#/properties/spec/properties/customAttributes/items/properties/value/maxLength", keyword: "maxLength", params: { limit: 1024 }, message: "must NOT have more than 1024 characters" };
                          if (vErrors === null) {
                            vErrors = [err245];
                          } else {
                            vErrors.push(err245);
                          }
                          errors++;
                        }
                        if (func3(data90) < 1) {
                          const err246 = { instancePath: instancePath + "/spec/customAttributes/" + i6 + "/value", schemaPath: "#/properties/spec/properties/customAttributes/items/properties/value/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                          if (vErrors === null) {
                            vErrors = [err246];
                          } else {
                            vErrors.push(err246);
                          }
                          errors++;
                        }
                      } else {
                        const err247 = { instancePath: instancePath + "/spec/customAttributes/" + i6 + "/value", schemaPath: "#/properties/spec/properties/customAttributes/items/properties/value/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                        if (vErrors === null) {
                          vErrors = [err247];
                        } else {
                          vErrors.push(err247);
                        }
                        errors++;
                      }
                    }
                  } else {
                    const err248 = { instancePath: instancePath + "/spec/customAttributes/" + i6, schemaPath: "#/properties/spec/properties/customAttributes/items/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                    if (vErrors === null) {
                      vErrors = [err248];
                    } else {
                      vErrors.push(err248);
                    }
                    errors++;
                  }
                }
              } else {
                const err249 = { instancePath: instancePath + "/spec/customAttributes", schemaPath: "#/properties/spec/properties/customAttributes/type", keyword: "type", params: { type: "array" }, message: "must be array" };
                if (vErrors === null) {
                  vErrors = [err249];
                } else {
                  vErrors.push(err249);
                }
                errors++;
              }
            }
            if (data3.tags !== void 0) {
              let data91 = data3.tags;
              if (Array.isArray(data91)) {
                if (data91.length > 32) {
                  const err250 = { instancePath: instancePath + "/spec/tags", schemaPath: "#/properties/spec/properties/tags/maxItems", keyword: "maxItems", params: { limit: 32 }, message: "must NOT have more than 32 items" };
                  if (vErrors === null) {
                    vErrors = [err250];
                  } else {
                    vErrors.push(err250);
                  }
                  errors++;
                }
                const len7 = data91.length;
                for (let i7 = 0; i7 < len7; i7++) {
                  let data92 = data91[i7];
                  if (data92 && typeof data92 == "object" && !Array.isArray(data92)) {
                    if (data92.category === void 0) {
                      const err251 = { instancePath: instancePath + "/spec/tags/" + i7, schemaPath: "#/properties/spec/properties/tags/items/required", keyword: "required", params: { missingProperty: "category" }, message: "must have required property 'category'" };
                      if (vErrors === null) {
                        vErrors = [err251];
                      } else {
                        vErrors.push(err251);
                      }
                      errors++;
                    }
                    if (data92.name === void 0) {
                      const err252 = { instancePath: instancePath + "/spec/tags/" + i7, schemaPath: "#/properties/spec/properties/tags/items/required", keyword: "required", params: { missingProperty: "name" }, message: "must have required property 'name'" };
                      if (vErrors === null) {
                        vErrors = [err252];
                      } else {
                        vErrors.push(err252);
                      }
                      errors++;
                    }
                    for (const key26 in data92) {
                      if (!(key26 === "category" || key26 === "name")) {
                        const err253 = { instancePath: instancePath + "/spec/tags/" + i7, schemaPath: "#/properties/spec/properties/tags/items/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key26 }, message: "must NOT have additional properties" };
                        if (vErrors === null) {
                          vErrors = [err253];
                        } else {
                          vErrors.push(err253);
                        }
                        errors++;
                      }
                    }
                    if (data92.category !== void 0) {
                      let data93 = data92.category;
                      if (typeof data93 === "string") {
                        if (func3(data93) > 255) {
                          const err254 = { instancePath: instancePath + "/spec/tags/" + i7 + "/category", schemaPath: "#/properties/spec/properties/tags/items/properties/category/maxLength", keyword: "maxLength", params: { limit: 255 }, message: "must NOT have more than 255 characters" };
                          if (vErrors === null) {
                            vErrors = [err254];
                          } else {
                            vErrors.push(err254);
                          }
                          errors++;
                        }
                        if (func3(data93) < 1) {
                          const err255 = { instancePath: instancePath + "/spec/tags/" + i7 + "/category", schemaPath: "#/properties/spec/properties/tags/items/properties/category/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                          if (vErrors === null) {
                            vErrors = [err255];
                          } else {
                            vErrors.push(err255);
                          }
                          errors++;
                        }
                      } else {
                        const err256 = { instancePath: instancePath + "/spec/tags/" + i7 + "/category", schemaPath: "#/properties/spec/properties/tags/items/properties/category/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                        if (vErrors === null) {
                          vErrors = [err256];
                        } else {
                          vErrors.push(err256);
                        }
                        errors++;
                      }
                    }
                    if (data92.name !== void 0) {
                      let data94 = data92.name;
                      if (typeof data94 === "string") {
                        if (func3(data94) > 255) {
                          const err257 = { instancePath: instancePath + "/spec/tags/" + i7 + "/name", schemaPath: "#/properties/spec/properties/tags/items/properties/name/maxLength", keyword: "maxLength", params: { limit: 255 }, message: "must NOT have more than 255 characters" };
                          if (vErrors === null) {
                            vErrors = [err257];
                          } else {
                            vErrors.push(err257);
                          }
                          errors++;
                        }
                        if (func3(data94) < 1) {
                          const err258 = { instancePath: instancePath + "/spec/tags/" + i7 + "/name", schemaPath: "#/properties/spec/properties/tags/items/properties/name/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters" };
                          if (vErrors === null) {
                            vErrors = [err258];
                          } else {
                            vErrors.push(err258);
                          }
                          errors++;
                        }
                      } else {
                        const err259 = { instancePath: instancePath + "/spec/tags/" + i7 + "/name", schemaPath: "#/properties/spec/properties/tags/items/properties/name/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                        if (vErrors === null) {
                          vErrors = [err259];
                        } else {
                          vErrors.push(err259);
                        }
                        errors++;
                      }
                    }
                  } else {
                    const err260 = { instancePath: instancePath + "/spec/tags/" + i7, schemaPath: "#/properties/spec/properties/tags/items/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                    if (vErrors === null) {
                      vErrors = [err260];
                    } else {
                      vErrors.push(err260);
                    }
                    errors++;
                  }
                }
              } else {
                const err261 = { instancePath: instancePath + "/spec/tags", schemaPath: "#/properties/spec/properties/tags/type", keyword: "type", params: { type: "array" }, message: "must be array" };
                if (vErrors === null) {
                  vErrors = [err261];
                } else {
                  vErrors.push(err261);
                }
                errors++;
              }
            }
            if (data3.retire !== void 0) {
              let data95 = data3.retire;
              if (Array.isArray(data95)) {
                if (data95.length > 64) {
                  const err262 = { instancePath: instancePath + "/spec/retire", schemaPath: "#/properties/spec/properties/retire/maxItems", keyword: "maxItems", params: { limit: 64 }, message: "must NOT have more than 64 items" };
                  if (vErrors === null) {
                    vErrors = [err262];
                  } else {
                    vErrors.push(err262);
                  }
                  errors++;
                }
                const len8 = data95.length;
                for (let i8 = 0; i8 < len8; i8++) {
                  let data96 = data95[i8];
                  if (typeof data96 === "string") {
                    if (func3(data96) > 64) {
                      const err263 = { instancePath: instancePath + "/spec/retire/" + i8, schemaPath: "#/properties/spec/properties/retire/items/maxLength", keyword: "maxLength", params: { limit: 64 }, message: "must NOT have more than 64 characters" };
                      if (vErrors === null) {
                        vErrors = [err263];
                      } else {
                        vErrors.push(err263);
                      }
                      errors++;
                    }
                    if (!pattern13.test(data96)) {
                      const err264 = { instancePath: instancePath + "/spec/retire/" + i8, schemaPath: "#/properties/spec/properties/retire/items/pattern", keyword: "pattern", params: { pattern: "^vm-[0-9]+$" }, message: 'must match pattern "^vm-[0-9]+$"' };
                      if (vErrors === null) {
                        vErrors = [err264];
                      } else {
                        vErrors.push(err264);
                      }
                      errors++;
                    }
                  } else {
                    const err265 = { instancePath: instancePath + "/spec/retire/" + i8, schemaPath: "#/properties/spec/properties/retire/items/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err265];
                    } else {
                      vErrors.push(err265);
                    }
                    errors++;
                  }
                }
              } else {
                const err266 = { instancePath: instancePath + "/spec/retire", schemaPath: "#/properties/spec/properties/retire/type", keyword: "type", params: { type: "array" }, message: "must be array" };
                if (vErrors === null) {
                  vErrors = [err266];
                } else {
                  vErrors.push(err266);
                }
                errors++;
              }
            }
            if (data3.scaleDown !== void 0) {
              let data97 = data3.scaleDown;
              if (data97 && typeof data97 == "object" && !Array.isArray(data97)) {
                for (const key27 in data97) {
                  if (!(key27 === "order")) {
                    const err267 = { instancePath: instancePath + "/spec/scaleDown", schemaPath: "#/properties/spec/properties/scaleDown/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key27 }, message: "must NOT have additional properties" };
                    if (vErrors === null) {
                      vErrors = [err267];
                    } else {
                      vErrors.push(err267);
                    }
                    errors++;
                  }
                }
                if (data97.order !== void 0) {
                  let data98 = data97.order;
                  if (typeof data98 !== "string") {
                    const err268 = { instancePath: instancePath + "/spec/scaleDown/order", schemaPath: "#/properties/spec/properties/scaleDown/properties/order/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                    if (vErrors === null) {
                      vErrors = [err268];
                    } else {
                      vErrors.push(err268);
                    }
                    errors++;
                  }
                  if (!(data98 === "Newest" || data98 === "Oldest" || data98 === "HighestOrdinal")) {
                    const err269 = { instancePath: instancePath + "/spec/scaleDown/order", schemaPath: "#/properties/spec/properties/scaleDown/properties/order/enum", keyword: "enum", params: { allowedValues: schema11.properties.spec.properties.scaleDown.properties.order.enum }, message: "must be equal to one of the allowed values" };
                    if (vErrors === null) {
                      vErrors = [err269];
                    } else {
                      vErrors.push(err269);
                    }
                    errors++;
                  }
                }
              } else {
                const err270 = { instancePath: instancePath + "/spec/scaleDown", schemaPath: "#/properties/spec/properties/scaleDown/type", keyword: "type", params: { type: "object" }, message: "must be object" };
                if (vErrors === null) {
                  vErrors = [err270];
                } else {
                  vErrors.push(err270);
                }
                errors++;
              }
            }
            if (data3.deletionPolicy !== void 0) {
              let data99 = data3.deletionPolicy;
              if (typeof data99 !== "string") {
                const err271 = { instancePath: instancePath + "/spec/deletionPolicy", schemaPath: "#/properties/spec/properties/deletionPolicy/type", keyword: "type", params: { type: "string" }, message: "must be string" };
                if (vErrors === null) {
                  vErrors = [err271];
                } else {
                  vErrors.push(err271);
                }
                errors++;
              }
              if (!(data99 === "Delete" || data99 === "Orphan")) {
                const err272 = { instancePath: instancePath + "/spec/deletionPolicy", schemaPath: "#/properties/spec/properties/deletionPolicy/enum", keyword: "enum", params: { allowedValues: schema11.properties.spec.properties.deletionPolicy.enum }, message: "must be equal to one of the allowed values" };
                if (vErrors === null) {
                  vErrors = [err272];
                } else {
                  vErrors.push(err272);
                }
                errors++;
              }
            }
            if (data3.paused !== void 0) {
              if (typeof data3.paused !== "boolean") {
                const err273 = { instancePath: instancePath + "/spec/paused", schemaPath: "#/properties/spec/properties/paused/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean" };
                if (vErrors === null) {
                  vErrors = [err273];
                } else {
                  vErrors.push(err273);
                }
                errors++;
              }
            }
          } else {
            const err274 = { instancePath: instancePath + "/spec", schemaPath: "#/properties/spec/type", keyword: "type", params: { type: "object" }, message: "must be object" };
            if (vErrors === null) {
              vErrors = [err274];
            } else {
              vErrors.push(err274);
            }
            errors++;
          }
        }
      } else {
        const err275 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object" };
        if (vErrors === null) {
          vErrors = [err275];
        } else {
          vErrors.push(err275);
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

/** One violation: where it is (JSON pointer), the schema keyword with its parameters, and a text for a person. */
export interface SchemaViolation {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

/** Checks a value against the schema of VmGroup. Returns all violations; an empty list means that the value is valid. */
export function violationsOfVmGroup(value: unknown): readonly SchemaViolation[] {
  return checks(value) ? [] : checks.errors;
}

/** Whether a value is valid by the schema of VmGroup. */
export function isVmGroup(value: unknown): value is VmGroup {
  return checks(value);
}
