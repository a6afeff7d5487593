-- What stands on a landscape page: the wide tables, and the heading that leads to them.

local M = {}

local function is_landscape(block) return block ~= nil and block.t == "Div" and block.classes:includes("landscape") end

-- A line that only says that a table follows.
local function is_lead(block)
  return block ~= nil and (block.t == "Para" or block.t == "Plain") and #pandoc.utils.stringify(block) < 300
end

--- The blocks, with a heading (and one short line under it) moved onto the landscape page it leads to,
--- and neighbouring landscape pages made one, so that no page carries a heading alone.
function M.grouped(blocks)
  local out = pandoc.Blocks{}
  for _, block in ipairs(blocks) do
    if is_landscape(block) then
      local lead = pandoc.Blocks{}
      if is_lead(out[#out]) and (is_landscape(out[#out - 1]) or (out[#out - 1] and out[#out - 1].t == "Header" and out[#out - 1].level > 1)) then
        lead:insert(1, out:remove(#out))
      end
      while out[#out] and out[#out].t == "Header" and out[#out].level > 1 do lead:insert(1, out:remove(#out)) end
      if is_landscape(out[#out]) then
        local before = out:remove(#out)
        lead = before.content .. lead
      end
      block.content = lead .. block.content
    end
    out:insert(block)
  end
  return out
end

return M
