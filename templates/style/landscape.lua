-- What both filters share: the walk over the blocks, and what stands on a landscape page: the wide tables,
-- and the heading that leads to them.

local M = {}

local function is_landscape(block) return block ~= nil and block.t == "Div" and block.classes:includes("landscape") end

local function is_heading(block) return block ~= nil and block.t == "Header" end

-- What a reader reads of a block: without the marks of what may be changed in Word (reports/book/editable.py).
local function read(block)
  local text = pandoc.utils.stringify(block)
  return (text:gsub("\u{E002}.-\u{E003}", ""):gsub("\u{E004}.-\u{E005}", ""):gsub("\u{E006}", ""))
end

-- A line that only says that a table follows.
local function is_lead(block)
  return block ~= nil and (block.t == "Para" or block.t == "Plain") and #read(block) < 450
end

-- A line in bold alone, which names what the list below it says; a bookmark may stand before it.
local function is_name(block)
  local last = block.content[#block.content]
  return last.t == "Strong" and pandoc.utils.stringify(last) == pandoc.utils.stringify(block)
end

-- Whether a paragraph must stay on the page of what follows: it announces a table or a list, or someone
-- signs below it.
local function leads_to(block, following)
  if following == nil then return false end
  if following.t == "BulletList" or following.t == "OrderedList" then
    return is_lead(block) and (is_name(block) or read(block):match(":%s*$") ~= nil)
  end
  if following.t == "Figure" then return read(block):match(":%s*$") ~= nil end
  if following.t ~= "Div" then return false end
  return following.classes:includes("signature") or following.classes:includes("visi")
end

--- The blocks, with a heading (and one short line under it) moved onto the landscape page it leads to,
--- and neighbouring landscape pages made one, so that no page carries a heading alone.
function M.grouped(blocks)
  local out = pandoc.Blocks{}
  for _, block in ipairs(blocks) do
    if is_landscape(block) then
      local lead = pandoc.Blocks{}
      if is_lead(out[#out]) and (is_landscape(out[#out - 1]) or is_heading(out[#out - 1])) then
        lead:insert(1, out:remove(#out))
      end
      while is_heading(out[#out]) do lead:insert(1, out:remove(#out)) end
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

--- A function that writes blocks: those that lead to what follows with `write.lead`, others by the function
--- that `write` has for their kind; what has none stays as it is, the items of lists written.
function M.converter(write)
  local function convert(blocks)
    local out = pandoc.Blocks{}
    local all = M.grouped(blocks)
    for i, block in ipairs(all) do
      if block.t == "Para" and leads_to(block, all[i + 1]) then out:extend(write.lead(block))
      elseif write[block.t] then out:extend(write[block.t](block))
      else
        if block.t == "BulletList" or block.t == "OrderedList" then
          for n, item in ipairs(block.content) do block.content[n] = convert(item) end
        end
        out:insert(block)
      end
    end
    return out
  end
  return convert
end

return M
